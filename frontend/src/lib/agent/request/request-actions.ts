import { SvelteSet } from 'svelte/reactivity';
import { intention } from '../../api/intention.js';
import { ApiProblem } from '../../api/problem.js';
import { cancelRequest, remindCustomer } from '../../api/recording-requests.js';
import type { RequestView, RequestWithLink } from '../../api/types.js';
import { copyText } from '../copy.js';
import { refusalWords } from '../failures.js';
import { texts } from '../texts.js';
import { toasts } from '../toasts.svelte.js';
import { cancellations } from './cancellations.svelte.js';
import { links } from './links.svelte.js';

const words = texts.request;
/** Requests for which a new link is being made. */
const reminding = new SvelteSet<string>();
/** One key for each new link that is wanted: asked again after a broken line, it is the same link. */
const keys = new Map<string, string>();

export const isReminding = (requestId: string): boolean => reminding.has(requestId);

/** Copies a link that is at hand. */
export async function copyLink(request: RequestView): Promise<void> {
  const link = links.of(request);
  if (!link) return;
  const copied = await copyText(link);
  toasts.say(copied ? texts.link.copied : texts.link.copyByHand, copied ? 'good' : 'danger');
}

/**
 * Makes a new link for the same request and copies it; a second press meanwhile is the same one.
 * @returns the request as it now is, or null when it failed
 */
export async function remind(requestId: string): Promise<RequestView | null> {
  if (reminding.has(requestId)) return null;
  const made = newLink(requestId);
  try {
    const copied = await copyText(made.then(({ link }) => link));
    const { link: _, ...request } = await made;
    toasts.say(copied ? words.reminded : words.remindedNoCopy);
    return request;
  } catch (failure) {
    toasts.say(refusalWords(failure, words.remindAway), 'danger');
    return null;
  }
}

async function newLink(requestId: string): Promise<RequestWithLink> {
  const key = keys.get(requestId) ?? intention();
  keys.set(requestId, key);
  reminding.add(requestId);
  try {
    const made = await remindCustomer(requestId, key);
    keys.delete(requestId);
    links.keep(made);
    return made;
  } catch (failure) {
    const refused = failure instanceof ApiProblem && failure.status < 500;
    if (!refused) links.forget(requestId);
    throw failure;
  } finally {
    reminding.delete(requestId);
  }
}

/** Shows a request as cancelled at once and cancels it when the chance to undo has passed. */
export function cancel({ id }: RequestView): void {
  cancellations.add(id);
  toasts.hold({
    words: words.cancelled,
    deed: () => cancelRequest(id),
    undo: () => cancellations.delete(id),
    failed: (failure) => {
      cancellations.delete(id);
      toasts.say(refusalWords(failure), 'danger');
    },
  });
}
