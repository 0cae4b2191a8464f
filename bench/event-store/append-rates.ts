import { randomUUID } from 'node:crypto';
import type { Entry } from '../entry.js';
import { emmett, ourStore, rawInsert, WRITERS, type Appender } from './contestants.js';
import { withDurablePostgres } from './durable-postgres.js';

const ROUNDS = 15;
const TURN_MS = 1_000;

/** Ours against a plain INSERT and against emmett: 8 writers, each with a stream of its own, one event at a time. */
export async function appendOneByOne(): Promise<Record<string, Entry>> {
  const { vsRaw, vsEmmett } = await compare(1);
  return { append_batch1_vs_raw_insert: vsRaw, append_batch1_vs_emmett: vsEmmett };
}

/** The same with ten events at a time. */
export async function appendTenByTen(): Promise<Record<string, Entry>> {
  const { vsRaw, vsEmmett } = await compare(10);
  return { append_batch10_vs_raw_insert: vsRaw, append_batch10_vs_emmett: vsEmmett };
}

/** All three share one server and take turns, ours always next to the one it is compared with. */
function compare(batch: number): Promise<{ vsRaw: Entry; vsEmmett: Entry }> {
  return withDurablePostgres(async (url) => {
    const [ours, raw, peer] = [ourStore(url), await rawInsert(url), await emmett(url)];
    const turn = (contestant: Appender) => eventsPerSecond(contestant, batch, TURN_MS);
    for (const contestant of [raw, ours, peer]) await eventsPerSecond(contestant, batch, TURN_MS / 2);
    const rounds: { raw: number; ours: number; peer: number }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ raw: await turn(raw), ours: await turn(ours), peer: await turn(peer) });
    for (const contestant of [ours, raw, peer]) await contestant.close();
    return {
      vsRaw: middle(rounds.map((round) => [round.ours, round.raw])),
      vsEmmett: middle(rounds.map((round) => [round.ours, round.peer])),
    };
  });
}

async function eventsPerSecond(contestant: Appender, batch: number, forMs: number): Promise<number> {
  const begun = performance.now();
  const writer = async () => {
    const stream = `bench-${randomUUID()}`;
    let version = -1;
    for (; performance.now() - begun < forMs; version += batch) await contestant.append(stream, version, batch);
    return version + 1;
  };
  const written = await Promise.all(Array.from({ length: WRITERS }, writer));
  return (written.reduce((sum, count) => sum + count, 0) / (performance.now() - begun)) * 1000;
}

/** The round whose ratio is the median: whatever else the machine does hits both sides of a round alike. */
function middle(pairs: [value: number, reference: number][]): Entry {
  const entries = pairs.map(([value, reference]) => ({ value, unit: 'events/s', reference, ratio: value / reference }));
  return entries.sort((a, b) => a.ratio - b.ratio)[Math.floor(entries.length / 2)]!;
}
