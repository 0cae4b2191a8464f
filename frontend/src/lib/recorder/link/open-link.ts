import type { ClosedBecause, Receipt } from '../steps.js';
import type { LinkView } from './link-view.js';
import { answerOf, Problem, send } from './request.js';

/** The built page asks before its scripts are here (customer-page.ts). Good for the first opening only. */
const page = globalThis as typeof globalThis & { openedEarly?: Promise<Response | null> };

/**
 * Opens the link. The code travels in the body: addresses end up in logs. What the page asked early is believed where it
 * looks like ours, since nothing is lost by it; all else is asked once more, by name. @throws Problem
 */
export async function openLink(code: string): Promise<LinkView> {
  const early = page.openedEarly;
  delete page.openedEarly;
  const ask = async () => linkIn(await send('POST', 'links/open', { code }));
  const askAgain = (error: unknown) => {
    if (error instanceof Problem && error.status !== 0 && REASONS[error.code]) throw error;
    return ask();
  };
  return early ? early.then(answerOf).then(linkIn).catch(askAgain) : ask();
}

/** @throws Problem when it is no link that was opened */
function linkIn(answer: unknown): LinkView {
  const { token, requestId, resumable } = (answer ?? {}) as Partial<Record<keyof LinkView, unknown>>;
  const fits = typeof token === 'string' && typeof requestId === 'string' && Array.isArray(resumable);
  if (!fits) throw new Problem(0, 'FOREIGN');
  return answer as LinkView;
}

const REASONS: Readonly<Record<string, ClosedBecause>> = {
  LINK_UNKNOWN: 'unknown',
  LINK_USED: 'used',
  RECORDING_DELETED: 'deleted',
  LINK_CANCELLED: 'cancelled',
  LINK_EXPIRED: 'expired',
  LINK_REPLACED: 'replaced',
  RATE_LIMITED: 'rate_limited',
  OFFLINE: 'offline',
  FOREIGN: 'foreign',
};

/** Why a link could not be opened, in the customer's terms; for a used one, the receipt of what it was used for. */
export function whyClosed(error: unknown): { because: ClosedBecause; receipt: Receipt | null } {
  if (!(error instanceof Problem)) return { because: 'fault', receipt: null };
  const malformed = error.status === 400;
  const because = REASONS[error.code] ?? (malformed ? 'unknown' : 'fault');
  return { because, receipt: because === 'used' || because === 'deleted' ? receiptOf(error.details) : null };
}

function receiptOf({ reference, receivedAt, deletesAt }: Readonly<Record<string, unknown>>): Receipt | null {
  if (typeof reference !== 'string' || typeof receivedAt !== 'string') return null;
  return { reference, receivedAt, deletesAt: typeof deletesAt === 'string' ? deletesAt : undefined };
}

/** What of it has nothing to do with the link: the same may go through in a moment. */
export type Passing = 'offline' | 'foreign' | 'fault';

export function isPassing(because: ClosedBecause): because is Passing {
  return because === 'offline' || because === 'foreign' || because === 'fault';
}

/** Why something did not go through, for a page where it can be tried again. */
export function whyFailed(error: unknown): Passing {
  const { because } = whyClosed(error);
  return isPassing(because) ? because : 'fault';
}
