/** Chunks this long reach the disk, so this is the most that a crash can cost. */
const CHUNK_MS = 1000;

/** A recorder gets this long to hand out its last chunk; some never say that they have stopped. */
const STOP_MS = 10_000;

export interface Quality {
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
}

export const SCREEN_QUALITY: Quality = { videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 48_000 };
export const CAMERA_QUALITY: Quality = { videoBitsPerSecond: 400_000, audioBitsPerSecond: 32_000 };

export interface RecorderEvents {
  chunk(chunk: Blob): void;
  failed(): void;
}

/**
 * The formats to try. Safari writes MP4 best, whatever it says of others. Sound is named only where there is some:
 * Firefox would wait for it for ever.
 */
function ladder(stream: MediaStream): string[] {
  const sound = stream.getAudioTracks().length > 0 ? ',opus' : '';
  const formats = [`video/webm;codecs=vp9${sound}`, `video/webm;codecs=vp8${sound}`, 'video/webm', 'video/mp4'];
  return /Apple/.test(navigator.vendor) ? formats.toReversed() : formats;
}

/** One track of pictures (with or without sound) on its way into chunks. */
export class TrackRecorder {
  private readonly stopped: Promise<void>;

  private constructor(private readonly recorder: MediaRecorder) {
    this.stopped = new Promise((resolve) => (recorder.onstop = () => resolve()));
  }

  /** Starts with the first format that really starts: browsers claim support for some that fail. @throws when none does */
  static start(stream: MediaStream, quality: Quality, events: RecorderEvents): TrackRecorder {
    let refusal: unknown = new DOMException('No format', 'NotSupportedError');
    for (const mimeType of ladder(stream).filter((type) => MediaRecorder.isTypeSupported(type))) {
      try {
        const recorder = new MediaRecorder(stream, optionsFor(mimeType, quality));
        recorder.ondataavailable = ({ data }) => events.chunk(data);
        recorder.onerror = () => events.failed();
        recorder.start(CHUNK_MS);
        return new TrackRecorder(recorder);
      } catch (error) {
        refusal = error;
      }
    }
    throw refusal;
  }

  get mediaType(): string {
    return this.recorder.mimeType;
  }

  pause(): void {
    if (this.recorder.state === 'recording') this.recorder.pause();
  }

  resume(): void {
    if (this.recorder.state === 'paused') this.recorder.resume();
  }

  /** Resolves after the last chunk; also when the recorder ended by itself, because its sources did. */
  stop(): Promise<void> {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    return Promise.race([this.stopped, new Promise<void>((resolve) => setTimeout(resolve, STOP_MS))]);
  }
}

/** Without an interval a still page has a keyframe every hundred seconds, and cannot be cut or searched in between. */
function optionsFor(mimeType: string, quality: Quality) {
  const videoKeyFrameIntervalDuration = mimeType.includes('mp4') ? 2000 : 4000;
  return { mimeType, ...quality, videoKeyFrameIntervalDuration };
}
