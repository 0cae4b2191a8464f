import { SvelteMap } from 'svelte/reactivity';
import type { RequestView, RequestWithLink } from '../../api/types.js';

type Known = Pick<RequestView, 'id' | 'version' | 'expiresAt'>;

/**
 * Links made while this page is open, by request. The server keeps only their hashes, so nobody can show them again;
 * they are not stored in the browser either.
 */
class Links {
  #held = new SvelteMap<string, RequestWithLink>();

  /** Of several links only the newest opens, in whatever order the answers come. */
  keep(made: RequestWithLink): void {
    const before = this.#held.get(made.id);
    if (!before || before.version <= made.version) this.#held.set(made.id, made);
  }

  /** After a command that may have made another one. */
  forget(requestId: string): void {
    this.#held.delete(requestId);
  }

  /** The link of a request, unless it has a newer one by now: each has its own moment of expiry, which nothing else moves. */
  of({ id, version, expiresAt }: Known): string | null {
    const held = this.#held.get(id);
    return held && (version <= held.version || expiresAt === held.expiresAt) ? held.link : null;
  }
}

export const links = new Links();
