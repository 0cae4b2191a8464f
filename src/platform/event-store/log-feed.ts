import { setImmediate } from 'node:timers/promises';
import { Signal } from './signal.js';

/** What a feed says, in its order: a record; how far the server has looked; that it has reached the end. */
export type FeedItem<Record> = { readonly record: Record } | { readonly scanned: bigint } | { readonly caughtUp: true };

interface Source {
  read(): unknown;
  on(event: 'readable' | 'end' | 'close' | 'error', listener: (error?: unknown) => void): unknown;
  readonly readableLength: number;
  unsubscribe(): Promise<void>;
  destroy(): unknown;
}

/** A server's stream of records, read at the reader's own pace. */
export class LogFeed<Record> {
  private readonly news = new Signal();
  private readonly signals = this.news.listen();
  private over: { error?: unknown } | undefined;

  constructor(
    private readonly source: Source,
    private readonly itemOf: (item: unknown) => FeedItem<Record> | null,
  ) {
    source.on('readable', () => this.news.raise());
    for (const event of ['end', 'close', 'error'] as const)
      source.on(event, (error) => {
        this.over ??= { error };
        this.news.raise();
      });
  }

  /** What there is already. */
  read(): FeedItem<Record> | null {
    for (let item = this.source.read(); item !== null; item = this.source.read()) {
      const said = this.itemOf(item);
      if (said) return said;
    }
    return null;
  }

  get isEmpty(): boolean {
    return this.source.readableLength === 0;
  }

  /** Resolves when there may be more, or after `timeoutMs`. @throws what broke it */
  async more(timeoutMs: number): Promise<void> {
    if (!this.over) await this.signals.wait(timeoutMs);
    await setImmediate(); // what arrives together is read together
    if (this.over) throw this.over.error ?? new Error('The feed has ended');
  }

  /** Ends a wait from the reader's side. */
  interrupt(): void {
    this.news.raise();
  }

  close(): void {
    this.over ??= {};
    this.source.unsubscribe().then(
      () => this.source.destroy(),
      () => undefined, // it had never begun
    );
  }
}
