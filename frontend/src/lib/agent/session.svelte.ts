import { onSignedOut } from '../api/client.js';
import type { Permission, SessionView } from '../api/types.js';

/** Who is signed in, as every page sees it. `expired` asks for the password again without losing what is on the screen. */
class Session {
  view: SessionView | null = $state.raw(null);
  expired = $state(false);

  constructor() {
    onSignedOut(() => {
      if (this.view) this.expired = true;
    });
  }

  /** Whether to show what needs this permission; the server decides anew with every call. */
  can(permission: Permission): boolean {
    return this.view?.permissions.includes(permission) ?? false;
  }

  begin(view: SessionView): void {
    this.view = view;
    this.expired = false;
  }

  end(): void {
    this.view = null;
    this.expired = false;
  }
}

export const session = new Session();
