import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import pg from 'pg';
import { CustomerPage } from '../../tests/journeys/customer-page.js';
import { openClock } from '../../tests/support/browser.js';
import { alone, type Entries } from '../entry.js';
import { Conversation } from '../product/customer.js';
import { Product } from '../product/product.js';
import { allow, CHUNK_BYTES, hurry } from './hurried-recorder.js';
import { LooseBrowser } from './loose-browser.js';
import { browserMegabytes, Heaps } from './memory.js';

const CHUNKS_AN_HOUR = 3600;
const PATIENCE_MS = 240_000;
/** What was freed is handed back to the system a little later. */
const SETTLE_MS = 3000;

/** In megabytes. */
interface Held {
  readonly heaps: number;
  readonly browser: number;
  readonly server: number;
}

/**
 * What a recording's second hour adds to what is held after its first. The hours are hurried: their chunks come in
 * seconds, and are all at the server before anything is measured, so that a backlog is not taken for a leak.
 */
export async function memoryGrowth(): Promise<Entries> {
  const product = await Product.start();
  const database = new pg.Client({ connectionString: await product.databaseUrl() });
  const browser = await LooseBrowser.launch();
  try {
    await database.connect();
    await browser.hold((context) => startHurriedRecording(product, context));
    const first = await heldAfter(1, product, browser, database);
    const second = await heldAfter(2, product, browser, database);
    return {
      recorder_memory_growth_mb: alone(second.heaps - first.heaps, 'MB', 5),
      recorder_browser_growth_mb: alone(second.browser - first.browser, 'MB'),
      recorder_server_growth_mb: alone(second.server - first.server, 'MB'),
    };
  } finally {
    await database.end();
    await browser.close();
    await product.stop();
  }
}

async function startHurriedRecording(product: Product, context: BrowserContext): Promise<void> {
  await openClock(context);
  await hurry(context);
  const conversation = await Conversation.signIn(product.url, await product.agent());
  const code = await conversation.askForRecording();
  const customer = await CustomerPage.open(context, `${product.url}/r/${code}`);
  await customer.startRecording();
}

async function heldAfter(hours: number, product: Product, browser: LooseBrowser, database: pg.Client): Promise<Held> {
  await browser.hold((context) => allow(recorderIn(context), hours * CHUNKS_AN_HOUR));
  await acknowledged(database, hours * CHUNKS_AN_HOUR * CHUNK_BYTES);
  const heaps = await browser.hold(async (context) => {
    const both = await Heaps.of(recorderIn(context));
    return (await both.page()) + (await both.worker());
  });
  await wait(SETTLE_MS);
  return { heaps, browser: await browserMegabytes(browser.profile), server: await product.serverMegabytes() };
}

function recorderIn(context: BrowserContext): Page {
  return context.pages().find((page) => page.url().includes('/r/'))!;
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
