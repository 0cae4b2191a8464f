import { redirect } from '@sveltejs/kit';
import { isSignedOut } from '#lib/api/problem.js';
import { presentSession } from '#lib/api/session.js';
import type { SessionView } from '#lib/api/types.js';

type Entry = { present: SessionView; failure: null } | { present: null; failure: unknown };

/** Who is asking. Nobody signed in goes to the sign-in page, and comes back to where they wanted to be. */
export async function load({ fetch, url, untrack }): Promise<Entry> {
  // Asked once: going from page to page is no reason to ask again. Only SvelteKit's own `untrack` leaves out the address.
  const wanted = untrack(() => url.pathname + url.search);
  try {
    return { present: await presentSession(fetch), failure: null };
  } catch (failure) {
    if (isSignedOut(failure)) redirect(307, wanted === '/' ? '/login' : `/login?next=${encodeURIComponent(wanted)}`);
    return { present: null, failure };
  }
}
