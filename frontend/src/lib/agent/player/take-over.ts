/** What is used of a video element. */
export type Taking = EventTarget & {
  currentTime: number;
  muted: boolean;
  volume: number;
  playbackRate: number;
  readonly paused: boolean;
  readonly readyState: number;
  play(): Promise<void>;
  pause(): void;
};

const knowsItself = 1;
const hasFuture = 3;
const unnoticedSeconds = 0.2;
const attempts = 3;

/**
 * Lets one element go on where another is, without anybody noticing: same moment, same speed, same sound. The second
 * starts silently, and becomes the one that is heard only when both are at the same moment.
 * @returns false when it was given up meanwhile
 */
export async function takeOver(before: Taking, after: Taking, signal: AbortSignal): Promise<boolean> {
  after.muted = true;
  await reached(after, knowsItself, 'loadedmetadata', signal);
  let lead = 0;
  for (let attempt = 0; attempt < attempts && !signal.aborted; attempt++) {
    after.playbackRate = before.playbackRate;
    after.currentTime = before.currentTime + lead;
    await reached(after, hasFuture, 'canplay', signal, 'seeked');
    if (!before.paused) await after.play().catch(() => undefined);
    const behind = before.currentTime - after.currentTime;
    if (Math.abs(behind) <= unnoticedSeconds) break;
    lead += behind;
  }
  if (signal.aborted) return false;
  Object.assign(after, { volume: before.volume, playbackRate: before.playbackRate, muted: before.muted });
  if (before.paused) after.pause();
  before.pause();
  return true;
}

/** Waits until an element has what is needed; `first` is an event that must come before it counts. */
async function reached(video: Taking, state: number, event: string, signal: AbortSignal, first?: string) {
  if (first) await once(video, first, signal);
  if (video.readyState < state) await once(video, event, signal);
}

function once(target: EventTarget, name: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    target.addEventListener(name, () => resolve(), { once: true });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
