/// <reference lib="dom" />
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresQueues } from '#platform/jobs/job-queues.js';
import { openStill, WITH_DEVICES } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/fresh-database.js';
import { ProductProcess } from '../support/product-process.js';
import { Arrivals } from '../journeys/arrivals.js';
import { CustomerPage } from '../journeys/customer-page.js';
import { Journey } from '../journeys/journey.js';

/**
 * What only minutes can show. Side by side, each with a product, a browser and a still screen of its own, because all
 * of them mostly wait.
 */
const WITHIN_MS = 9 * 60_000;
const APPEND_BYTES = 1024 * 1024;

/** A journey over a screen on which nothing moves, with a page that does not animate either. */
async function patiently(
  steps: (journey: Journey, customer: CustomerPage, link: string) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const journey = await Journey.begin(WITH_DEVICES, settings, { show: openStill });
  try {
    const link = await journey.askForRecording();
    const customer = await CustomerPage.open(journey.browser.context, link);
    await customer.page.emulateMedia({ reducedMotion: 'reduce' });
    await customer.startRecording();
    await steps(journey, customer, link).catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe page says: ${await customer.page.locator('body').innerText()}`, {
        cause: error,
      });
    });
  } finally {
    await journey.end();
  }
}

/** One recording came of it, without holes, as long as was recorded, and its file as long as it says. In seconds. */
async function expectOneRecording(journey: Journey, atLeast: number, atMost: number): Promise<void> {
  const recording = await journey.watchable();
  const { body } = await journey.workspace.admin.get('recordings').expect(200);
  expect(body.items).toHaveLength(1);
  expect(recording.interrupted).toBe(false);
  const { seconds, longestHole } = await journey.decoded(recording.id);
  expect(longestHole).toBeLessThan(0.5);
  expect(seconds).toBeGreaterThan(atLeast - 0.5);
  expect(seconds).toBeLessThan(atMost);
  // The last picture of a still screen counts as long as the one before it.
  expect(Math.abs(seconds - recording.durationMs / 1000)).toBeLessThan(1.1);
}

it.concurrent(
  'brings every second by itself while nothing moves for a minute',
  () =>
    patiently(async (journey, customer) => {
      const arrivals = new Arrivals(journey);
      await customer.record(60);
      const { times, longestGapMs } = await arrivals.end();
      // By itself it is 2 s; beside a whole suite 15.4 s were seen. Without frames of a still screen it is the minute.
      expect(longestGapMs).toBeLessThan(30_000);
      expect(times).toBeGreaterThan(20);
      await customer.stopRecording();
      await customer.send();
      await expectOneRecording(journey, 60, 70);
    }),
  WITHIN_MS,
);

it.concurrent(
  'goes on after a pause longer than the server’s patience, while the link lies open in a second tab',
  () =>
    patiently(
      async (journey, customer, link) => {
        await customer.record(5);
        await customer.press('Pause');
        await customer.reads('Nothing is recorded at the moment.');
        await customer.reads(/^Saved$/);
        const second = await CustomerPage.open(journey.browser.context, link);
        await second.heading('A recording was begun elsewhere');
        await second.press('New recording');
        await second.heading(/Show .* what you see/);
        await customer.page.bringToFront();
        await customer.record(190);
        await customer.press('Go on');
        await customer.record(5);
        await customer.stopRecording();
        await customer.send();
        await expectOneRecording(journey, 10, 20);
        await second.page.reload();
        await second.heading('Your recording has been received');
      },
      { ABANDONED_AFTER_MINUTES: '3' },
    ),
  WITHIN_MS,
);

it.concurrent(
  'keeps recording through five minutes offline, and catches up in few appends',
  () =>
    patiently(async (journey, customer) => {
      const { context } = journey.browser;
      await customer.record(3);
      await eventually(async () => expect(await journey.segments()).not.toEqual([]));
      await context.setOffline(true);
      await customer.reads(/^No connection/);
      const before = await journey.segments();
      await customer.record(300);
      expect(await journey.segments()).toEqual(before);
      await context.setOffline(false);
      await customer.reads(/^Saved$/);
      await customer.record(3);
      const after = await journey.segments();
      expect(after.slice(0, before.length)).toEqual(before);
      expectCoalesced(after.slice(before.length));
      await customer.stopRecording();
      await customer.send();
      await expectOneRecording(journey, 306, 320);
    }),
  WITHIN_MS,
);

it.concurrent(
  'ends a worker that no job of a queue reaches any more, once it has given back what it has in hand',
  async () => {
    const used = new AsyncDisposableStack();
    try {
      const { url, pool } = used.adopt(await freshDatabase(), (fresh) => fresh.drop());
      const DATA_DIR = used.adopt(await mkdtemp(join(tmpdir(), 'screendesk-standing-')), (directory) =>
        rm(directory, { recursive: true, force: true }),
      );
      const backend = used.adopt(await postgresQueues(url), (queues) => queues.close());
      await backend.queue('recording-process-media').add('waits', {});
      const holder = used.adopt(await pool.connect(), (client) => client.release(true));
      await holder.query('SET idle_in_transaction_session_timeout = 0');
      await holder.query('BEGIN');
      // Whoever looks sees that it waits, and nobody gets it.
      await holder.query('SELECT 1 FROM bullmq.job FOR UPDATE');
      const settings = { ROLE: 'worker', DATABASE_URL: url, DATA_DIR };
      const worker = used.adopt(await ProductProcess.start(settings), (one) => one.kill());
      const leases = async () => {
        const { rows } = await pool.query('SELECT 1 FROM platform.consumer WHERE owner IS NOT NULL');
        return rows.length;
      };
      const ended = worker.ended();
      await eventually(async () => expect(await leases()).toBeGreaterThan(0), WITHIN_MS);
      const { code, said } = await ended;
      expect([code, await leases()]).toEqual([1, 0]);
      expect(said).toContain('The queue recording-process-media stands still.');
    } finally {
      await used.disposeAsync();
    }
  },
  WITHIN_MS,
);

/** The backlog of minutes came in appends as large as they may be, and only then one for each second again. */
function expectCoalesced(segments: readonly { length: number }[]): void {
  const sizes = segments.map(({ length }) => length);
  const [first] = sizes;
  expect(Math.max(...sizes)).toBeLessThanOrEqual(APPEND_BYTES);
  expect(first).toBe(APPEND_BYTES);
  expect(sizes.length).toBeLessThan(20);
}
