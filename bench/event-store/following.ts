import { setTimeout as wait } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Entries } from '../entry.js';
import { emmett, ourStore, type Contestant } from './contestants.js';
import { withDurablePostgres } from './durable-postgres.js';

const WRITERS = 16;
const EVENTS_EACH = 200;
const REPLAYED = 100_000;
const REPLAYED_BY_PEER = 4_800;
const AT_A_TIME = 100;
/** Whoever has heard nothing for this long will hear nothing more. */
const SILENCE_MS = 3_000;

/** Sixteen writers at once, and a reader who follows the log: what did it never see? */
export async function lostEvents(): Promise<Entries> {
  const [ours, theirs] = [await lostBy(ourStore), await lostBy(emmett)];
  return { append_lost_events: { value: ours, unit: 'events', reference: theirs, ratio: null } };
}

/**
 * A reader who begins at the first of 100,000 events. The peer has fewer to read, or it would take minutes; it need not
 * read all of them, which it sometimes does not.
 */
export async function replay(): Promise<Entries> {
  const [value, reference] = [await replayedBy(ourStore, REPLAYED), await replayedBy(emmett, REPLAYED_BY_PEER)];
  return { replay_events_per_s: { value, unit: 'events/s', reference, ratio: value / reference } };
}

type Open = (url: string) => Contestant | Promise<Contestant>;

function lostBy(open: Open): Promise<number> {
  return withDurablePostgres(async (url) => {
    const store = await open(url);
    const seen = new Set<number>();
    let heard = performance.now();
    const reader = await store.follow((numbers) => {
      heard = performance.now();
      for (const number of numbers) seen.add(number);
    });
    await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(store, n * EVENTS_EACH, EVENTS_EACH, 1)));
    const written = WRITERS * EVENTS_EACH;
    heard = performance.now();
    while (seen.size < written && performance.now() - heard < SILENCE_MS) await wait(20);
    await reader.stop();
    await store.close();
    return written - seen.size;
  });
}

function replayedBy(open: Open, count: number): Promise<number> {
  return withDurablePostgres(async (url) => {
    const store = await open(url);
    const each = count / WRITERS;
    await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(store, n * each, each, AT_A_TIME)));
    await wait(SILENCE_MS); // lets what writing left to do in the background finish
    const begun = performance.now();
    let [seen, heard] = [0, begun];
    const reader = await store.follow((numbers) => ([seen, heard] = [seen + numbers.length, performance.now()]));
    while (seen < count && performance.now() - heard < SILENCE_MS) await wait(5);
    await reader.stop();
    await store.close();
    return (seen * 1000) / (heard - begun);
  });
}

/** Appends `count` events numbered from `first` to a stream of its own. */
async function write(store: Contestant, first: number, count: number, batch: number): Promise<void> {
  const stream = `bench-${randomUUID()}`;
  for (let done = 0; done < count; done += batch)
    await store.append(stream, done - 1, Math.min(batch, count - done), first + done);
}
