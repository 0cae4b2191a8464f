import { readdir, readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';

const MEGABYTE = 1024 * 1024;

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

/** The heaps of a page and of its workers, after a collection. Counts what scripts hold: objects and their buffers. */
export class Heaps {
  private readonly workers = new Set<string>();
  private readonly waiting = new Map<number, (result: unknown) => void>();
  private asked = 0;

  private constructor(private readonly wire: CDPSession) {}

  static async of(page: Page): Promise<Heaps> {
    const wire = await page.context().newCDPSession(page);
    const heaps = new Heaps(wire);
    wire.on('Target.attachedToTarget', ({ sessionId }) => heaps.workers.add(sessionId));
    wire.on('Target.detachedFromTarget', ({ sessionId }) => heaps.workers.delete(sessionId));
    wire.on('Target.receivedMessageFromTarget', ({ message }) => heaps.hear(message));
    await wire.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    return heaps;
  }

  /** Megabytes that live on the page's heap. */
  async page(): Promise<number> {
    await this.wire.send('HeapProfiler.collectGarbage');
    return megabytesOf(await this.wire.send('Runtime.getHeapUsage'));
  }

  /** Megabytes that live on the workers' heaps. */
  async worker(): Promise<number> {
    let sum = 0;
    for (const worker of this.workers) {
      await this.ask(worker, 'HeapProfiler.collectGarbage');
      sum += megabytesOf((await this.ask(worker, 'Runtime.getHeapUsage')) as HeapUsage);
    }
    return sum;
  }

  /** Playwright speaks to pages only; a worker is reached through the page's own session. */
  private ask(sessionId: string, method: string): Promise<unknown> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, resolve);
      this.wire
        .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
        .catch(reject);
    });
  }

  private hear(message: string): void {
    const { id, result } = JSON.parse(message) as { id: number; result: unknown };
    this.waiting.get(id)?.(result);
    this.waiting.delete(id);
  }
}

function megabytesOf({ usedSize, backingStorageSize = 0 }: HeapUsage): number {
  return (usedSize + backingStorageSize) / MEGABYTE;
}

/** Megabytes of all the processes of a browser; what they share is divided among them. */
export async function browserMegabytes(profile: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const sizes = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes(profile)) return 0;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
