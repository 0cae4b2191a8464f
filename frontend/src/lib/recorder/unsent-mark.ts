/**
 * A mark in this browser for each request of which a recording lies here unsent. Reading it costs nothing, so that only
 * somebody who left a recording behind loads what is needed to look for it.
 */

const PREFIX = 'screendesk-unsent';
const markOf = (requestId: string) => `${PREFIX}-${requestId}`;

export function markUnsent(requestId: string): void {
  attempt(() => localStorage.setItem(markOf(requestId), ''));
}

export function unmarkUnsent(requestId: string): void {
  attempt(() => localStorage.removeItem(markOf(requestId)));
  if (hasCommonMark(requestId)) attempt(() => localStorage.removeItem(PREFIX));
}

export function isMarkedUnsent(requestId: string): boolean {
  return attempt(() => localStorage.getItem(markOf(requestId))) !== null || hasCommonMark(requestId);
}

/** An earlier version of this page had one mark for all requests, naming the last; a recording of then may still lie here. */
function hasCommonMark(requestId: string): boolean {
  return attempt(() => localStorage.getItem(PREFIX)) === requestId;
}

/** A browser that refuses storage has nothing unsent either. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
