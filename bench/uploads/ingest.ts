import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/database/embedded-postgres.js';
import { migrate } from '#platform/database/migrate.js';
import { Load } from './load.js';

/** A figure beside its reference from the same run; the ratio is what must reach the bar. */
export interface Entry {
  readonly value: number;
  readonly unit: string;
  readonly reference: number;
  readonly ratio: number;
}

const WARM_UP = 30;
const APPENDS = 100;
const ROUNDS = 5;

/** Ours against the least possible: node http, hash, file. */
export async function ingestVsPipe(): Promise<Record<string, Entry>> {
  return { ingest_vs_pipe: await compare('pipe-server.ts', false) };
}

/** Ours against the tus project's server with its file store. */
export async function ingestVsTusServer(): Promise<Record<string, Entry>> {
  return { ingest_vs_tus_server: await compare('tus-server.ts', true) };
}

/** Both servers run side by side and are loaded in turns, so that whatever else the machine does hits both. */
async function compare(peer: string, peerIsTus: boolean): Promise<Entry> {
  const directory = await mkdtemp(join(tmpdir(), 'screendesk-ingest-'));
  await chmod(directory, 0o755); // PostgreSQL may run as a user of its own
  const postgres = await preparedPostgres(join(directory, 'postgres'));
  const ours = await started('our-server.ts', true, directory, postgres.url);
  const theirs = await started(peer, peerIsTus, directory);
  try {
    for (const { load } of [ours, theirs]) await load.run(WARM_UP);
    const rates: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++)
      rates.push([await ours.load.run(APPENDS), await theirs.load.run(APPENDS)]);
    const [value, reference] = [median(rates.map(([own]) => own)), median(rates.map(([, other]) => other))];
    return { value, unit: 'appends/s', reference, ratio: value / reference };
  } finally {
    for (const { stop } of [ours, theirs]) await stop();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** With PostgreSQL's own defaults: every commit is on disk before it is acknowledged. */
async function preparedPostgres(directory: string) {
  const postgres = await startEmbeddedPostgres(directory);
  const pool = new pg.Pool({ connectionString: postgres.url });
  await migrate(pool);
  await pool.end();
  return postgres;
}

async function started(entry: string, isTus: boolean, ...args: string[]) {
  const child = fork(join(import.meta.dirname, entry), args, {
    execArgv: ['--conditions=source', '--import', './tests/support/typescript.mjs'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`${entry} ended with ${code}`)));
  });
  const stop = () => (child.disconnect(), ended);
  return { load: new Load(port, isTus), stop };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
