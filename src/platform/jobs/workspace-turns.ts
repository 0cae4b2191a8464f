/** A job that waits on its queue, by its id there, and can be called back before its time. */
interface Waiting {
  promote(): Promise<void>;
}

/** How long the one that was called may take to come, before the next one is. */
const CALL_AGAIN_MS = 500;

/**
 * Keeps places of a worker's queue free for others: no workspace has more than its share of them at once. What is over
 * that is put back by whoever asked; the one that has waited longest is called once a place of its workspace is free.
 */
export class WorkspaceTurns {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, Map<string, Waiting>>();

  /** @returns whether there is a place, which is then taken */
  take(workspaceId: string, most: number, id: string): boolean {
    const running = this.running.get(workspaceId) ?? 0;
    if (running >= most) return false;
    this.running.set(workspaceId, running + 1);
    this.waiting.get(workspaceId)?.delete(id);
    return true;
  }

  /** Has a job called that has been put back: at once where the last place was left meanwhile, too early to call it. */
  async wait(workspaceId: string, id: string, job: Waiting): Promise<void> {
    const queue = this.waiting.get(workspaceId) ?? new Map<string, Waiting>();
    this.waiting.set(workspaceId, queue.set(id, job));
    if (!this.running.has(workspaceId)) await this.call(workspaceId);
  }

  /** Leaves a place, and calls who waits for one. */
  async leave(workspaceId: string): Promise<void> {
    const running = this.running.get(workspaceId)! - 1;
    if (running) this.running.set(workspaceId, running);
    else this.running.delete(workspaceId);
    await this.call(workspaceId);
  }

  private async call(workspaceId: string): Promise<void> {
    const queue = this.waiting.get(workspaceId) ?? new Map<string, Waiting>();
    for (const [id, job] of queue) {
      queue.delete(id);
      // Another worker may have it, or its time has come anyway.
      const called = await job.promote().then(
        () => true,
        () => false,
      );
      if (called) break;
    }
    if (queue.size) this.callAgain(workspaceId);
    else if (this.waiting.get(workspaceId) === queue) this.waiting.delete(workspaceId);
  }

  /** Where another worker took the one that was called, nobody leaves a place here and calls the next. */
  private callAgain(workspaceId: string): void {
    const unlessOneCame = () => (this.running.has(workspaceId) ? undefined : this.call(workspaceId));
    setTimeout(() => void unlessOneCame(), CALL_AGAIN_MS).unref();
  }
}
