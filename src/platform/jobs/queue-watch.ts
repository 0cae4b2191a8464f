import type { Queue } from 'bullmq';
import type { Reader } from '#platform/consumers/standstill.js';
import { answered } from './queue-away.js';

/**
 * Whether the jobs of a queue are taken: one that waits longest, and goes on to be while this process has a place free
 * for it, says that nobody takes any here, whatever another worker is busy with. What cannot be seen says nothing.
 */
export class QueueWatch implements Reader {
  movedAt = performance.now();
  private taken = 0;
  private first: string | undefined;

  constructor(
    private readonly queue: Pick<Queue, 'name' | 'getWaiting' | 'isPaused'>,
    private readonly places: number,
  ) {}

  get name(): string {
    return `The queue ${this.queue.name}`;
  }

  /** Notes that a place is taken while `work` is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.taken++;
    try {
      return await work();
    } finally {
      this.taken--;
    }
  }

  async look(): Promise<void> {
    const first = await answered(this.longestWaiting()).catch(() => undefined);
    if (first === undefined || first !== this.first || this.taken >= this.places) this.movedAt = performance.now();
    this.first = first;
  }

  /** Jobs that wait for their time do not count, nor does a queue that was told to rest. */
  private async longestWaiting(): Promise<string | undefined> {
    const [first] = await this.queue.getWaiting(0, 0);
    return first && !(await this.queue.isPaused()) ? first.id : undefined;
  }
}
