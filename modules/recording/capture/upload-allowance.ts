import { Injectable } from '@nestjs/common';
import type { UploadTerms } from '#modules/media/contract.js';
import { Config } from '#platform/config/config.js';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import type { RecordingOptions } from '../domain/recording-request.js';

const MEGABYTE = 1_000_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_OPEN_UPLOADS = 10;

/** Uploads begun under one request. Each leaves a row behind, also when it is taken back at once. */
const BEGUN: RateLimit = { name: 'uploads_begun', points: 120, perSeconds: 3600 };

/** How much one request's customer may upload. */
@Injectable()
export class UploadAllowance {
  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  /** @throws Refusal `RATE_LIMITED` */
  async grant(requestId: string, { maxDurationMs }: RecordingOptions): Promise<UploadTerms> {
    await this.limits.take(BEGUN, requestId);
    const { MAX_RECORDING_MEGABYTES, MAX_RECORDING_MINUTES } = this.config.values;
    return {
      maxBytes: MAX_RECORDING_MEGABYTES * MEGABYTE,
      maxDurationMs: Math.min(maxDurationMs, MAX_RECORDING_MINUTES * MINUTE_MS),
      maxOpenUploads: MOST_OPEN_UPLOADS,
      expiresAt: new Date(Date.now() + DAY_MS),
    };
  }
}
