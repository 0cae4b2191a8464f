/** When to look again after a lost answer: the command may still be on its way, and lists follow commands. */
const lookingAgainMs = [1000, 2000, 4000];

/** A short list that admins change: loaded whole, and again after each change. */
export class AdminList<T> {
  items: readonly T[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  failure: unknown = $state.raw(null);
  #loads = 0;

  constructor(private readonly fetch: (after?: string) => Promise<readonly T[]>) {}

  /** @param after waits until the answer has seen what a command returned */
  async load(after?: string): Promise<void> {
    this.#loads++;
    try {
      this.items = await this.fetch(after);
      this.state = 'ready';
    } catch (failure) {
      if (this.state !== 'ready') Object.assign(this, { failure, state: 'failed' });
    }
  }

  /** After a command whose answer was lost: looks at once and some times more, unless somebody else has it loaded. */
  async lookUntilSettled(waitsMs: readonly number[] = lookingAgainMs): Promise<void> {
    const loads = this.#loads + 1;
    await this.load();
    for (const [asked, waitMs] of waitsMs.entries()) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.#loads !== loads + asked) return;
      await this.load();
    }
  }
}
