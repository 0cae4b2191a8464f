import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { LEAST_ROOM, StorageRoom, UNSENT_KEPT_DAYS, type UploadTerms } from '#modules/media/contract.js';
import { Config } from '#platform/config/config.js';
import { RateLimits, type RateLimit } from '#platform/http/rate-limits.js';
import type { RecordingOptions } from '../domain/recording-request.js';

const MEGABYTE = 1_000_000;
const MINUTE_MS = 60_000;
/** Twice as long as its customer may be away: whoever came back on the last day still has as long again. */
const TAKES_APPENDS_MS = 2 * UNSENT_KEPT_DAYS * 86_400_000;
const MOST_OPEN_UPLOADS = 10;
/** Uploads that lie open hold as much as the largest may, so many times: screen, camera, and another attempt. */
const TIMES_THE_LARGEST = 3;
const NO_ROOM =
  'There is no room for another recording just now. Nothing is wrong with your link: tell whoever sent it, and open it again later.';

/** Uploads begun under one request. Each leaves a row behind, also when it is taken back at once. */
const BEGUN: RateLimit = { name: 'uploads_begun', points: 120, perSeconds: 3600 };

/** How much one request's customer may upload. */
@Injectable()
export class UploadAllowance {
  private readonly logger = new Logger('Uploads');

  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly room: StorageRoom,
  ) {}

  /**
   * @param room bytes that there is room for
   * @throws Refusal `RATE_LIMITED`
   */
  async grant(requestId: string, { maxDurationMs }: RecordingOptions, room: number): Promise<UploadTerms> {
    await this.limits.pace(BEGUN, requestId);
    const { MAX_RECORDING_MEGABYTES, MAX_RECORDING_MINUTES } = this.config.values;
    return {
      maxBytes: Math.min(MAX_RECORDING_MEGABYTES * MEGABYTE, room),
      maxDurationMs: Math.min(maxDurationMs, MAX_RECORDING_MINUTES * MINUTE_MS),
      maxOpenUploads: MOST_OPEN_UPLOADS,
      maxOpenBytes: TIMES_THE_LARGEST * MAX_RECORDING_MEGABYTES * MEGABYTE,
      expiresAt: new Date(Date.now() + TAKES_APPENDS_MS),
    };
  }

  /**
   * For before anything is recorded: what is recorded already is kept as long as it can be.
   * @returns the bytes that there is room for
   * @throws Refusal `NO_ROOM`
   */
  async refuseWithoutRoom(workspaceId: string): Promise<number> {
    const left = Math.floor(await this.room.left(workspaceId));
    if (left >= LEAST_ROOM) return left;
    this.warn(workspaceId);
    return refuse('NO_ROOM', NO_ROOM, 'unavailable', { retryAfterSeconds: 600 });
  }

  /** The same, to be told instead of refused: a link without room may still be read, and declined. */
  async hasRoom(workspaceId: string): Promise<boolean> {
    const hasRoom = (await this.room.left(workspaceId)) >= LEAST_ROOM;
    if (!hasRoom) this.warn(workspaceId);
    return hasRoom;
  }

  /** Bytes for what joins a recording. It is never refused: the recording is under way. */
  roomToJoin(workspaceId: string): Promise<number> {
    return this.room.leftToEnd(workspaceId);
  }

  private warn(workspaceId: string): void {
    this.logger.warn({ msg: 'There is no room for another recording', workspaceId });
  }
}
