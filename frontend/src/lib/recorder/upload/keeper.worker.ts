/// <reference lib="webworker" />
import { DatabaseStore } from './database-store.js';
import { DiskStore } from './disk-store.js';
import { Keeper } from './keeper.js';
import type { Call, FromKeeper } from './keeper-protocol.js';
import { firstThatOpens, type LocalStore } from './local-store.js';
import { MemoryStore } from './memory-store.js';

/** The worker's end of the wire to the page: calls in, answers and news out. */

const tell = (message: FromKeeper) => self.postMessage(message);

let opened: Promise<LocalStore> | null = null;
const store = () =>
  (opened ??= firstThatOpens([DiskStore.open, DatabaseStore.open, () => Promise.resolve(new MemoryStore())]));

const keeper = new Keeper(store, {
  keeping: (keeping) => tell({ type: 'keeping', keeping }),
  tokenWanted: () => tell({ type: 'token_wanted' }),
});

self.addEventListener('message', ({ data: { number, name, ask } }: MessageEvent<Call>) => {
  const method = keeper[name] as (ask: unknown) => Promise<unknown>;
  method.call(keeper, ask).then(
    (value) => tell({ type: 'answer', number, value }),
    (error: unknown) => tell({ type: 'failure', number, message: String(error) }),
  );
});
