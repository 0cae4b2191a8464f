/**
 * Proxies, hotels' sign-in pages, filters and caches answer in the server's place, and some of them with 200. Ours says
 * back what this very call was named; nobody else on the way can. Before that nothing is thrown away, and nothing told.
 */
export const CALL_HEADER = 'Screendesk-Call';

/** `crypto.randomUUID` is missing where a page was not opened safely, and even there a no has to get through. */
export function nameCall(): string {
  return [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function isOurs(response: Response, call: string): boolean {
  return response.headers.get(CALL_HEADER) === call;
}

/** Why our server is not heard: it is not reached, or something else answers in its place. */
export type Unheard = 'offline' | 'foreign';

/** What an answer that is not ours tells. A gateway's 502 is an outage: it reached nobody either. */
export function unheardBy({ status }: Response): Unheard {
  return status >= 500 ? 'offline' : 'foreign';
}

/** Refusals that say of the link itself that nothing can be sent by it any more. */
export const LINK_CLOSED: ReadonlySet<string> = new Set([
  'LINK_CANCELLED',
  'LINK_EXPIRED',
  'LINK_REPLACED',
  'REQUEST_ERASED',
]);
