import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { median, type Entries, type Entry } from '../entry.js';
import { withDurablePostgres } from '../event-store/durable-postgres.js';
import { Contestant } from './contestant.js';

const ROUNDS = 12;
const TURN_MS = 1_000;

/** Ours against the least possible, as it is and with our promise that what is acknowledged is on disk. */
export async function ingestVsPipe(): Promise<Entries> {
  const [plain, synced] = await compare(
    (directory) => Contestant.start('pipe-server.ts', directory, 'plain'),
    (directory) => Contestant.start('pipe-server.ts', directory, 'synced'),
  );
  return { ingest_vs_pipe: plain!, ingest_vs_synced_pipe: synced! };
}

/** Ours against the tus project's server with its file store. */
export async function ingestVsTusServer(): Promise<Entries> {
  const [entry] = await compare((directory) => Contestant.start('tus-server.ts', directory));
  return { ingest_vs_tus_server: entry! };
}

/**
 * All run side by side and are loaded in short turns, so that whatever else the machine does hits each of them; the
 * ratio is the median of the rounds' own. Storage lies where the product keeps its data by default.
 */
async function compare(...peers: ((directory: string) => Promise<Contestant>)[]): Promise<Entry[]> {
  await mkdir('data', { recursive: true });
  const directory = await mkdtemp(join('data', 'bench-ingest-'));
  // Not before the end: on ext4, whoever makes files within seconds of so many deletions pays for these.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return withDurablePostgres(async (url) => {
    const all: Contestant[] = [];
    try {
      all.push(await Contestant.start('our-server.ts', directory, url));
      for (const start of peers) all.push(await start(directory));
      for (const contestant of all) await contestant.turn(TURN_MS);
      const rounds: number[][] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await inTurns(all));
      return peers.map((_, peer) => entryOf(rounds.map((rates) => [rates[0]!, rates[peer + 1]!])));
    } finally {
      for (const contestant of all) await contestant.stop();
    }
  });
}

async function inTurns(contestants: readonly Contestant[]): Promise<number[]> {
  const rates: number[] = [];
  for (const contestant of contestants) rates.push(await contestant.turn(TURN_MS));
  return rates;
}

function entryOf(rounds: readonly (readonly [ours: number, peer: number])[]): Entry {
  return {
    value: median(rounds.map(([ours]) => ours)),
    unit: 'appends/s',
    reference: median(rounds.map(([, peer]) => peer)),
    ratio: median(rounds.map(([ours, peer]) => ours / peer)),
  };
}
