import { isRedirect, redirect } from '@sveltejs/kit';
import { untrack } from 'svelte';
import { isSignedOut } from '#lib/api/problem.js';
import { presentSession } from '#lib/api/session.js';
import type { SessionView } from '#lib/api/types.js';

type Entry = { present: SessionView; failure: null } | { present: null; failure: unknown };

/** Who is asking. Nobody signed in goes to the sign-in page, and comes back to where they wanted to be. */
export async function load({ fetch, url }): Promise<Entry> {
  // Asked once: going from page to page is no reason to ask again.
  const wanted = untrack(() => url.pathname + url.search);
  try {
    const present = await presentSession(fetch);
    // The library is where everybody begins who may see one.
    if (wanted === '/' && !present.permissions.includes('recordings.read')) redirect(307, '/settings');
    return { present, failure: null };
  } catch (failure) {
    if (isRedirect(failure)) throw failure;
    if (isSignedOut(failure)) redirect(307, wanted === '/' ? '/login' : `/login?next=${encodeURIComponent(wanted)}`);
    return { present: null, failure };
  }
}
