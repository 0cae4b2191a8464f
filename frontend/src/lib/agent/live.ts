/** The server's news: one event stream, opened again whenever it breaks. Knows nothing of tabs or of the page. */

/** Something changed. It carries no content: whoever shows it asks anew, with `after`, and sees the change for certain. */
export type Change = { kind: 'request' | 'recording'; id: string; after?: string };
export type LiveState = 'connecting' | 'live' | 'lost';
/** `refused`: told once when a stream is refused, and not again until one was open; the session may have ended. */
export type LiveNews = { state: LiveState } | { change: Change } | { resync: true } | { refused: true };

/** The part of EventSource that is used here. */
export type EventStream = {
  onopen: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  addEventListener(name: string, listener: (event: { data: string }) => void): void;
  close(): void;
  readonly readyState: number;
};
export type Clock = { set(run: () => void, ms: number): unknown; clear(timer: unknown): void; random(): number };

const closed = 2;
const longestWait = 30_000;
/** The server pings every 15 s. A line that says nothing for longer than two of them is dead, though nobody closed it. */
const longestSilence = 40_000;
export const everyClock: Clock = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
  random: Math.random,
};

export class LiveConnection {
  #stream: EventStream | null = null;
  #timer: unknown = null;
  #failures = 0;
  #refusalTold = false;
  #wasLost = false;

  constructor(
    private readonly open: () => EventStream,
    private readonly tell: (news: LiveNews) => void,
    private readonly clock: Clock = everyClock,
  ) {}

  start(): void {
    this.stop();
    this.tell({ state: this.#wasLost ? 'lost' : 'connecting' });
    const stream = this.open();
    this.#stream = stream;
    stream.onopen = () => this.#opened();
    stream.onerror = () => this.#failed(stream);
    stream.addEventListener('ping', () => this.#heard());
    stream.addEventListener('change', ({ data }) => this.#changed(data));
    this.#heard();
  }

  stop(): void {
    this.clock.clear(this.#timer);
    this.#stream?.close();
    this.#stream = null;
  }

  /** The network came back, or the page was woken: do not wait for the timer. */
  retryNow(): void {
    if (this.#wasLost) this.start();
  }

  #opened(): void {
    this.#heard();
    this.#failures = 0;
    this.#refusalTold = false;
    this.tell({ state: 'live' });
    // What happened while nobody listened is not sent again: whoever shows a list loads it anew.
    if (this.#wasLost) this.tell({ resync: true });
    this.#wasLost = false;
  }

  #failed(stream: EventStream): void {
    if (stream !== this.#stream) return;
    this.#lost();
    // A broken line is mended by the browser itself; a refusal (401, 502) closes the stream for good.
    if (stream.readyState !== closed) return this.#heard();
    if (!this.#refusalTold) this.tell({ refused: true });
    this.#refusalTold = true;
    this.#openLater();
  }

  /** Waits for the next word; a stream that stays silent is given up. */
  #heard(): void {
    this.#after(longestSilence, () => {
      this.stop();
      this.#lost();
      this.#openLater();
    });
  }

  #lost(): void {
    this.#wasLost = true;
    this.tell({ state: 'lost' });
  }

  #openLater(): void {
    const wait = Math.min(longestWait, 1000 * 2 ** this.#failures++);
    this.#after(wait * (0.5 + this.clock.random() / 2), () => this.start());
  }

  /** One thing is waited for at a time. */
  #after(ms: number, run: () => void): void {
    this.clock.clear(this.#timer);
    this.#timer = this.clock.set(run, ms);
  }

  #changed(data: string): void {
    this.#heard();
    try {
      this.tell({ change: JSON.parse(data) as Change });
    } catch {
      // Half a line after a cut; the resync that follows brings what it would have said.
    }
  }
}
