/**
 * The page that embeds the widget. It introduces itself by `{type: 'screendesk:host', insert: true}` in answer to
 * `{type: 'screendesk:ready'}`; only then is anything offered to it. Who may embed at all is decided by the server
 * (`frame-ancestors`), so whoever answers is a helpdesk the operator named.
 */
class Host {
  canInsert = $state(false);
  #origin = '';

  /** Listens for the host. @returns how to stop */
  greet(): () => void {
    if (window.parent === window) return () => undefined;
    addEventListener('message', this.#hear);
    window.parent.postMessage({ type: 'screendesk:ready' }, '*');
    return () => removeEventListener('message', this.#hear);
  }

  /** Puts the link into the reply that is being written. */
  insert(link: string): void {
    window.parent.postMessage({ type: 'screendesk:insert', link }, this.#origin);
  }

  #hear = ({ source, origin, data }: MessageEvent): void => {
    if (source !== window.parent || (data as { type?: unknown } | null)?.type !== 'screendesk:host') return;
    this.#origin = origin;
    this.canInsert = (data as { insert?: unknown }).insert === true;
  };
}

export const host = new Host();
