/**
 * A mark in this browser that a recording for a request lies here unsent. Reading it costs nothing, so that only
 * somebody who left a recording behind loads what is needed to look for it.
 */

const MARK = 'screendesk-unsent';

export function markUnsent(requestId: string): void {
  attempt(() => localStorage.setItem(MARK, requestId));
}

export function unmarkUnsent(): void {
  attempt(() => localStorage.removeItem(MARK));
}

export function isMarkedUnsent(requestId: string): boolean {
  return attempt(() => localStorage.getItem(MARK)) === requestId;
}

/** A browser that refuses storage has nothing unsent either. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
