import type { Call, CallName, FromKeeper, KeeperCalls, Keeping } from './keeper-protocol.js';

type Ask<Name extends CallName> = Parameters<KeeperCalls[Name]>[0];
type Answer<Name extends CallName> = Awaited<ReturnType<KeeperCalls[Name]>>;

/** There is no worker any more that could answer. */
export class KeeperEnded extends Error {}

export interface KeeperListener {
  keeping(keeping: Keeping): void;
  /** Resolves to a fresh capability. */
  token(): Promise<string>;
}

/** The page's end: asks the worker and hears how the recording is doing. */
export class KeeperClient {
  private readonly worker = new Worker(new URL('./keeper.worker.ts', import.meta.url), { type: 'module' });
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private readonly online = () => void this.ask('retryNow').catch(() => undefined);
  private asked = 0;
  private ended = false;

  constructor(private readonly listener: KeeperListener) {
    this.worker.onmessage = ({ data }: MessageEvent<FromKeeper>) => void this.hear(data);
    addEventListener('online', this.online);
  }

  ask<Name extends CallName>(
    name: Name,
    ...[ask]: Ask<Name> extends undefined ? [] : [Ask<Name>]
  ): Promise<Answer<Name>> {
    const number = ++this.asked;
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(new KeeperEnded());
      this.waiting.set(number, { resolve: resolve as (value: unknown) => void, reject });
      this.worker.postMessage({ number, name, ask } satisfies Call);
    });
  }

  /** Ends the worker. What it was asked, and what it is asked from now on, is rejected: nobody is there to answer. */
  end(): void {
    this.ended = true;
    removeEventListener('online', this.online);
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(new KeeperEnded());
    this.waiting.clear();
  }

  /** The upload waits for an answer, also when the server cannot be reached. */
  private async renew(): Promise<void> {
    const token = await this.listener.token().catch(() => null);
    if (!this.ended) await this.ask('renewed', { token }).catch(() => undefined);
  }

  private async hear(message: FromKeeper): Promise<void> {
    if (message.type === 'keeping') return this.listener.keeping(message.keeping);
    if (message.type === 'token_wanted') return this.renew();
    const answer = this.waiting.get(message.number);
    this.waiting.delete(message.number);
    if (message.type === 'answer') answer?.resolve(message.value);
    else answer?.reject(new Error(message.message));
  }
}
