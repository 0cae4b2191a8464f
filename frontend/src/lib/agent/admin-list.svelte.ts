/** A short list that admins change: loaded whole, and again after each change. */
export class AdminList<T> {
  items: readonly T[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  failure: unknown = $state.raw(null);

  constructor(private readonly fetch: (after?: string) => Promise<readonly T[]>) {}

  /** @param after waits until the answer has seen what a command returned */
  async load(after?: string): Promise<void> {
    try {
      this.items = await this.fetch(after);
      this.state = 'ready';
    } catch (failure) {
      if (this.state !== 'ready') Object.assign(this, { failure, state: 'failed' });
    }
  }
}
