import { Intention } from '../../api/intention.js';
import { requestRecording } from '../../api/recording-requests.js';
import type { RequestWithLink } from '../../api/types.js';
import { copyText } from '../copy.js';
import { links } from './links.svelte.js';
import { newRequest, noWords, type RequestWords } from './new-request.js';

/** A request being written, sent, and its link shown. Works the same in the app and in the widget. */
export class RequestDraft {
  words: RequestWords = $state(noWords());
  busy = $state(false);
  copied = $state(false);
  failure: unknown = $state.raw(null);
  made: RequestWithLink | null = $state.raw(null);
  #intention = new Intention();

  constructor(known: Partial<RequestWords> = {}) {
    Object.assign(this.words, known);
  }

  /** Whether something was typed that was not sent. */
  get isBegun(): boolean {
    const { customerName, customerEmail, message, reference } = this.words;
    return !this.made && Boolean(customerName || customerEmail || message || reference);
  }

  /** Makes the link and copies it, within the click that asked for it. @returns what was made, or null */
  async submit(): Promise<RequestWithLink | null> {
    if (this.busy) return null;
    Object.assign(this, { busy: true, failure: null });
    const body = newRequest($state.snapshot(this.words));
    const asked = requestRecording(body, this.#intention.keyOf(body));
    try {
      const copying = copyText(asked.then(({ link }) => link)).catch(() => false); // why there is no link, `asked` says
      // The link counts, and shows at once; whether it could be copied is told when the browser has said so.
      const made = await asked;
      this.#show(made);
      const copied = await copying;
      if (this.made === made) this.copied = copied;
      return made;
    } catch (failure) {
      this.failure = failure;
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** For the next request: the ticket stays, the words for one customer go. */
  startAgain(): void {
    const { reference, subject, url } = this.words;
    this.words = { ...noWords(), reference, subject, url };
    this.#intention = new Intention();
    Object.assign(this, { made: null, copied: false, failure: null });
  }

  #show(made: RequestWithLink): void {
    this.made = made;
    links.keep(made);
  }
}
