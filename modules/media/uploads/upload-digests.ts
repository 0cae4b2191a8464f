import { Injectable } from '@nestjs/common';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import { SegmentedMedia } from './segmented-media.js';
import type { Upload } from './upload.js';

/** Readings of whole uploads, by owner. Each may be gigabytes for us and a few bytes for who asks; a owner needs one of each track. */
const READINGS: RateLimit = { name: 'upload_readings', points: 40, perSeconds: 600 };
const MOST_KEPT = 1000;

/** Digests of uploads from their first byte to the last. What is acknowledged never changes, so each is read once. */
@Injectable()
export class UploadDigests {
  private readonly kept = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly media: SegmentedMedia,
    private readonly limits: RateLimits,
  ) {}

  /** @throws Refusal `RATE_LIMITED` */
  of(upload: Upload): Promise<Buffer> {
    const key = `${upload.id} ${upload.offset}`;
    const known = this.kept.get(key);
    if (known) return known;
    const digest = this.read(upload);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, digest);
    digest.catch(() => this.kept.delete(key));
    return digest;
  }

  private async read(upload: Upload): Promise<Buffer> {
    await this.limits.pace(READINGS, upload.owner.id);
    return this.media.digest(upload);
  }
}
