import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { CustomerPage } from '../../tests/journeys/customer-page.js';
import { openBrowser, openClock, WITH_DEVICES, type Browser } from '../../tests/support/browser.js';
import { alone, type Entries } from '../entry.js';
import { Conversation } from '../product/customer.js';
import { Product } from '../product/product.js';
import { allow, CHUNK_BYTES, hurry } from './hurried-recorder.js';
import { browserMegabytes, Heaps } from './memory.js';

const CHUNKS_AN_HOUR = 3600;
const PATIENCE_MS = 240_000;

/**
 * What a recording's second hour adds to what is held after its first. The hours are hurried: their chunks come in
 * seconds, and are all at the server before anything is measured, so that a backlog is not taken for a leak.
 */
export async function memoryGrowth(): Promise<Entries> {
  const product = await Product.start();
  const browser = await openBrowser(WITH_DEVICES);
  const database = new pg.Client({ connectionString: await product.databaseUrl() });
  try {
    await database.connect();
    const customer = await startHurriedRecording(product, browser);
    const heaps = await Heaps.of(customer.page);
    const held = [];
    for (const hours of [1, 2]) {
      await allow(customer.page, hours * CHUNKS_AN_HOUR);
      await acknowledged(database, hours * CHUNKS_AN_HOUR * CHUNK_BYTES);
      const [recorder, server] = [(await heaps.page()) + (await heaps.worker()), await product.serverMegabytes()];
      held.push({ recorder, server, browser: await browserMegabytes(browser.profile) });
    }
    const [first, second] = held as [(typeof held)[number], (typeof held)[number]];
    return {
      recorder_memory_growth_mb: alone(second.recorder - first.recorder, 'MB', 5),
      recorder_browser_growth_mb: alone(second.browser - first.browser, 'MB'),
      recorder_server_growth_mb: alone(second.server - first.server, 'MB'),
    };
  } finally {
    await database.end();
    await browser.close();
    await product.stop();
  }
}

async function startHurriedRecording(product: Product, browser: Browser): Promise<CustomerPage> {
  await openClock(browser.context);
  await hurry(browser.context);
  const conversation = await Conversation.signIn(product.url, await product.agent());
  const code = await conversation.askForRecording();
  const customer = await CustomerPage.open(browser.context, `${product.url}/r/${code}`);
  await customer.startRecording();
  return customer;
}

/** Waits until the server holds so many bytes of the recording. */
async function acknowledged(database: pg.Client, bytes: number): Promise<void> {
  const sql = 'SELECT coalesce(max(offset_bytes), 0)::float8 AS bytes FROM recording.upload';
  for (const end = performance.now() + PATIENCE_MS; ;) {
    const { rows } = await database.query<{ bytes: number }>(sql);
    if (rows[0]!.bytes === bytes) return;
    if (performance.now() > end) throw new Error(`The server holds ${rows[0]!.bytes} of ${bytes} bytes.`);
    await wait(200);
  }
}
