import type { ClosedBecause, Receipt } from '../steps.js';
import type { LinkView } from './link-view.js';
import { answerOf, Problem, send } from './request.js';

/** The built page asks before its scripts are here (customer-page.ts). Good for the first opening only. */
const page = globalThis as typeof globalThis & { openedEarly?: Promise<Response | null> };

/** Opens the link. The code travels in the body: addresses end up in logs. @throws Problem */
export async function openLink(code: string): Promise<LinkView> {
  const early = page.openedEarly;
  delete page.openedEarly;
  const ask = () => send('POST', 'links/open', { code });
  const askAgain = (error: unknown) => {
    if (error instanceof Problem && error.status === 0) return ask();
    throw error;
  };
  return (await (early?.then(answerOf).catch(askAgain) ?? ask())) as LinkView;
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
