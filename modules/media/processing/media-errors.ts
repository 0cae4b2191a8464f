import { ImpersonalFailure } from '#kernel/impersonal-failure.js';

/** Why a file is refused for good; trying again cannot help. The original stays as it came. */
export type RejectionCode =
  | 'EMPTY_FILE'
  | 'NOT_A_VIDEO'
  | 'TRUNCATED'
  | 'NO_VIDEO_TRACK'
  | 'TOO_LONG'
  | 'TOO_LARGE'
  | 'TOO_MANY_PIXELS'
  | 'TOO_MANY_TRACKS'
  | 'ENCRYPTED'
  | 'UNSUPPORTED_CODEC'
  | 'UNSAFE_FILE';

/** The file itself is at fault. The sentence is for the agent who waits for the recording. */
export class MediaRejected extends ImpersonalFailure {
  constructor(
    readonly code: RejectionCode,
    readonly sentence: string,
  ) {
    super(`${code}: ${sentence}`);
    this.name = 'MediaRejected';
  }
}

const DISK_FULL = /no space left on device|ENOSPC|EDQUOT|disk quota exceeded/i;

/** Whether a tool or Node says that our own disk is full. */
export function saysDiskFull(words: string): boolean {
  return DISK_FULL.test(words);
}

/** A tool failed on a file that looked fine (crash, time-out, full disk): worth another attempt later. */
export class MediaFailed extends ImpersonalFailure {
  /** `ENOSPC` where our own disk was full, which is nobody's fault and passes. */
  readonly code: 'ENOSPC' | undefined;

  constructor(
    /** What was being made, such as `seekable file`. */
    readonly step: string,
    readonly reason: string,
  ) {
    super(`Making the ${step} failed: ${reason}`);
    this.name = 'MediaFailed';
    this.code = saysDiskFull(reason) ? 'ENOSPC' : undefined;
  }

  /** Without what the tool said, which may repeat words from the file. */
  override get kept(): string {
    return `Making the ${this.step} failed`;
  }
}

/** Throws a {@link MediaRejected}. */
export function reject(code: RejectionCode, sentence: string): never {
  throw new MediaRejected(code, sentence);
}

/** The file is built to exhaust or mislead whoever reads it; `finding` says by what. */
export function rejectUnsafe(finding: string): never {
  return reject('UNSAFE_FILE', `This file is not safe to open: ${finding}.`);
}

export function rejectEncrypted(): never {
  return reject('ENCRYPTED', 'This video is encrypted, so it cannot be played here.');
}
