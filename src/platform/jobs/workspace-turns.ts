/** A job that waits on its queue, by its id there, and can be called back before its time. */
interface Waiting {
  promote(): Promise<void>;
}

/**
 * Keeps places of a worker's queue free for others: no workspace has more than its share of them at once. What is over
 * that is put back by whoever asked; the one that has waited longest is called once a place of its workspace is free.
 */
export class WorkspaceTurns {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, Map<string, Waiting>>();

  /** @returns whether there is a place, which is then taken */
  take(workspaceId: string, most: number, id: string, job: Waiting): boolean {
    const running = this.running.get(workspaceId) ?? 0;
    const queue = this.waiting.get(workspaceId) ?? new Map<string, Waiting>();
    if (running >= most) {
      this.waiting.set(workspaceId, queue.set(id, job));
      return false;
    }
    this.running.set(workspaceId, running + 1);
    queue.delete(id);
    return true;
  }

  /** Leaves a place, and calls who waits for one. */
  async leave(workspaceId: string): Promise<void> {
    const running = this.running.get(workspaceId)! - 1;
    if (running) this.running.set(workspaceId, running);
    else this.running.delete(workspaceId);
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
    if (!queue.size) this.waiting.delete(workspaceId);
  }
}
