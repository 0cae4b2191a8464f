/** A new name for one intention, also on a page that is not served securely and has no `randomUUID`. */
export const intention = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** The name of what somebody means by a form: it stays while the same is tried again, and is another once it is changed. */
export class Intention {
  #meant = '';
  #key = '';

  keyOf(what: unknown): string {
    const meant = JSON.stringify(what);
    if (meant !== this.#meant) [this.#meant, this.#key] = [meant, intention()];
    return this.#key;
  }
}
