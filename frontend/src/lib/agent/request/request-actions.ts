import { cancelRequest, remindCustomer } from '../../api/recording-requests.js';
import type { RequestView } from '../../api/types.js';
import { copyText } from '../copy.js';
import { refusalWords } from '../failures.js';
import { texts } from '../texts.js';
import { toasts } from '../toasts.svelte.js';
import { links } from './links.svelte.js';

const words = texts.request;

/** Copies a link that is at hand. */
export async function copyLink(requestId: string): Promise<void> {
  const link = links.get(requestId);
  if (!link) return;
  const copied = await copyText(link);
  toasts.say(copied ? texts.link.copied : texts.link.copyByHand, copied ? 'good' : 'danger');
}

/** Makes a new link for the same request and copies it. @returns the request as it now is, or null when it failed */
export async function remind(requestId: string): Promise<RequestView | null> {
  const reminded = remindCustomer(requestId);
  try {
    const copied = await copyText(reminded.then(({ link }) => link));
    const { link, ...request } = await reminded;
    links.set(requestId, link);
    toasts.say(copied ? words.reminded : words.remindedNoCopy);
    return request;
  } catch (failure) {
    toasts.say(refusalWords(failure), 'danger');
    return null;
  }
}

/** Shows a request as cancelled at once and cancels it when the chance to undo has passed. */
export function cancel(request: RequestView, show: (request: RequestView) => void): void {
  show({ ...request, status: 'cancelled' });
  toasts.hold({
    words: words.cancelled,
    deed: () => cancelRequest(request.id),
    undo: () => show(request),
    failed: (failure) => {
      show(request);
      toasts.say(refusalWords(failure), 'danger');
    },
  });
}
