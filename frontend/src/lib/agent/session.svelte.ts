import { actAs, onSignedOut } from '../api/client.js';
import { presentSession } from '../api/session.js';
import type { Permission, SessionView } from '../api/types.js';

/** Whose page this is: whoever was signed in when it was loaded. Nobody else ever goes on with it. */
class Session {
  view: SessionView | null = $state.raw(null);
  /** The page's session is over: what is on the screen is hidden, and kept for when its owner signs in again. */
  expired = $state(false);
  /** Who is signed in in this browser instead, as far as it is known. */
  other: SessionView | null = $state.raw(null);
  #questions = 0;

  constructor() {
    onSignedOut(({ code }) => {
      if (!this.view) return;
      this.#end(null);
      if (code === 'OTHER_MEMBER') void this.look();
    });
  }

  /** Whether to show what needs this permission; the server decides anew with every call. */
  can(permission: Permission): boolean {
    return this.view?.permissions.includes(permission) ?? false;
  }

  begin(view: SessionView): void {
    actAs(view.member.id);
    this.view = view;
    this.expired = false;
    this.other = null;
  }

  /** Finds out whether the page's session is still the browser's. Of several questions the last one counts. */
  async look(): Promise<void> {
    if (!this.view) return;
    const question = ++this.#questions;
    // That it is over is told by the client; that nobody answered says nothing.
    const there = await presentSession().catch(() => null);
    if (there && question === this.#questions) this.meet(there);
  }

  /** Somebody is signed in: the page goes on, unless it is another one's. */
  meet(there: SessionView): void {
    if (this.view && this.view.member.id !== there.member.id) this.#end(there);
    else this.begin(there);
  }

  #end(other: SessionView | null): void {
    this.expired = true;
    this.other = other;
  }
}

export const session = new Session();
