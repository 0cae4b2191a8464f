import type { Call, CallName, FromKeeper, KeeperCalls, Keeping } from './keeper-protocol.js';

type Ask<Name extends CallName> = Parameters<KeeperCalls[Name]>[0];
type Answer<Name extends CallName> = Awaited<ReturnType<KeeperCalls[Name]>>;

export interface KeeperListener {
  keeping(keeping: Keeping): void;
  /** Resolves to a fresh capability. */
  token(): Promise<string>;
}

/** The page's end: asks the worker and hears how the recording is doing. */
export class KeeperClient {
  private readonly worker = new Worker(new URL('./keeper.worker.ts', import.meta.url), { type: 'module' });
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private readonly online = () => void this.ask('retryNow');
  private asked = 0;

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
      this.waiting.set(number, { resolve: resolve as (value: unknown) => void, reject });
      this.worker.postMessage({ number, name, ask } satisfies Call);
    });
  }

  end(): void {
    removeEventListener('online', this.online);
    this.worker.terminate();
  }

  /** The upload waits for an answer, also when the server cannot be reached. */
  private async renew(): Promise<void> {
    await this.ask('renewed', { token: await this.listener.token().catch(() => null) });
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
