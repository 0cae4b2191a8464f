import { LiveConnection, type Change, type LiveNews, type LiveState } from './live.js';
import { session } from './session.svelte.js';

const channelName = 'screendesk-live';
const longSleepMs = 60_000;
const eventsAddress = '/api/v1/events';

/**
 * The live connection as the pages see it. One tab of the browser holds the event stream and tells the others:
 * an agent has a widget open in every ticket, and browsers allow few connections to one server.
 */
class LiveFeed {
  state: LiveState = $state('connecting');
  #changes = new Set<(change: Change) => void>();
  #resyncs = new Set<() => void>();
  #retry: (() => void) | null = null;

  /** Listens until the page that asked goes away. */
  start(): () => void {
    const stopping = new AbortController();
    const { signal } = stopping;
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: MessageEvent<LiveNews | 'hello'>) => {
      if (data !== 'hello') this.#hear(data);
    };
    channel.postMessage('hello');
    // Held until the tab goes: then the next tab in line opens the stream.
    const lead = () => this.#lead(channel, signal);
    navigator.locks.request(channelName, { signal }, lead).catch(() => undefined);
    this.#resyncAfterSleep(signal);
    return () => {
      stopping.abort();
      channel.close();
    };
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  /** News may have been missed: load again. */
  onResync(listener: () => void): () => void {
    this.#resyncs.add(listener);
    return () => this.#resyncs.delete(listener);
  }

  /** Everything shown is loaded again, and a stream that was refused is tried at once. */
  resync(): void {
    this.#retry?.();
    this.#hear({ resync: true });
  }

  #hear = (news: LiveNews): void => {
    if ('state' in news) this.state = news.state;
    else if ('change' in news) this.#changes.forEach((tell) => tell(news.change));
    else if ('resync' in news) this.#resyncs.forEach((tell) => tell());
    // Whose session ended would read "Reconnecting" for ever.
    else void session.look();
  };

  #lead(channel: BroadcastChannel, signal: AbortSignal): Promise<void> {
    const tell = (news: LiveNews) => {
      this.#hear(news);
      channel.postMessage(news);
    };
    const connection = new LiveConnection(() => new EventSource(eventsAddress), tell);
    channel.addEventListener('message', ({ data }) => {
      if (data === 'hello') channel.postMessage({ state: this.state } satisfies LiveNews);
    });
    this.#retry = () => connection.retryNow();
    addEventListener('online', this.#retry, { signal });
    connection.start();
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        connection.stop();
        resolve();
      });
    });
  }

  #resyncAfterSleep(signal: AbortSignal): void {
    let hiddenAt = 0;
    const watch = () => {
      if (document.hidden) hiddenAt = Date.now();
      else if (hiddenAt && Date.now() - hiddenAt > longSleepMs) this.#hear({ resync: true });
    };
    document.addEventListener('visibilitychange', watch, { signal });
  }
}

export const liveFeed = new LiveFeed();
