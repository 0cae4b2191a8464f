import { captureProblem } from './capture/capture-problem.js';
import { Capture } from './capture/capture.svelte.js';
import type { Recorder } from './recorder.svelte.js';
import { systemOf } from './platform.js';
import type { CaptureProblem } from './steps.js';
import { Take } from './take.svelte.js';

/** The door to everything that is loaded only once the browser's permission prompt is open. */

export function makeTake(recorder: Recorder): Take {
  const access = {
    get link() {
      return recorder.link!;
    },
    renew: () => recorder.renew(),
  };
  return new Take(access);
}

export function makeCapture(recorder: Recorder, screen: MediaStream): { capture: Capture; take: Take } {
  const capture = new Capture(screen, recorder.equipment, (because) => void recorder.stop(because));
  return { capture, take: makeTake(recorder) };
}

/** What it means that sharing was refused so soon. */
export function whyRefused(error: unknown, afterMs: number): CaptureProblem {
  return captureProblem(error, afterMs, systemOf(navigator.userAgent));
}
