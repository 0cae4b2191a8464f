import { Unanswered } from '#lib/agent/ask-again.js';
import { isGone } from '#lib/api/problem.js';
import { getRecording } from '#lib/api/recordings.js';
import type { RecordingView } from '#lib/api/types.js';

/** One recording, kept true while its page is open. */
export class RecordingPage {
  recording: RecordingView | null = $state.raw(null);
  failure: unknown = $state.raw(null);
  /** Deleted from this page, or by somebody else while it was open. */
  deleted = $state(false);
  readonly id: string;
  #unanswered = new Unanswered();
  #left = false;

  constructor(id: string) {
    this.id = id;
  }

  /** @param after waits until the answer has seen a change */
  async load(after?: string): Promise<void> {
    try {
      this.recording = await getRecording(this.id, after);
      this.failure = null;
      this.#unanswered.forget();
      if (this.recording.status === 'deleting') this.deleted = true;
    } catch (failure) {
      if (isGone(failure) && this.recording) this.deleted = true;
      // What is on the screen still plays: a failure to look again is no reason to take it away.
      else if (!this.recording) this.failure = failure;
      else if (!this.#left) this.#unanswered.keep(failure, this.id, () => this.load(after));
    }
  }

  leave(): void {
    this.#left = true;
    this.#unanswered.forget();
  }
}
