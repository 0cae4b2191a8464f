import { readdir, readFile } from 'node:fs/promises';
import { WITH_DEVICES } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { liveBufferBytes } from '../support/live-memory.js';
import type { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';

const CHUNKS = 7200;
const CHUNK_BYTES = 40_000;
const CHUNK_MS = 4;
const MEGABYTE = 1_000_000;

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin([...WITH_DEVICES, '--js-flags=--expose-gc'])), 90_000);
afterAll(() => journey?.end());

/** Runs in the page: a recorder that brings a second's worth every few milliseconds, as long as it is asked to. */
function hurriedRecorder([chunks, bytes, ms]: readonly number[]): void {
  class HurriedRecorder {
    static isTypeSupported = (type: string) => type.startsWith('video/webm');
    state = 'inactive';
    readonly mimeType: string;
    ondataavailable?: (event: { data: Blob }) => void;
    onstop?: () => void;
    constructor(_: MediaStream, options: { mimeType: string }) {
      this.mimeType = options.mimeType;
    }
    start() {
      this.state = 'recording';
      const [content, began] = [crypto.getRandomValues(new Uint8Array(bytes!)), performance.now()];
      let brought = 0;
      const bring = () => {
        for (const due = (performance.now() - began) / ms!; brought < due && brought < chunks!; brought++) {
          new DataView(content.buffer).setUint32(0, brought);
          this.ondataavailable?.({ data: new Blob([content]) });
        }
        if (this.state === 'recording' && brought < chunks!) setTimeout(bring, ms);
      };
      bring();
    }
    stop() {
      this.state = 'inactive';
      queueMicrotask(() => this.onstop?.());
    }
  }
  Object.assign(globalThis, { MediaRecorder: HurriedRecorder });
}

/** What the server has acknowledged as stored, in bytes. */
async function acknowledged(): Promise<number> {
  const sql = 'SELECT coalesce(max(offset_bytes), 0)::float8 AS bytes FROM recording.upload';
  return (await journey.app.cell.database.pool.query<{ bytes: number }>(sql)).rows[0]!.bytes;
}

interface Memory {
  readonly page: number;
  readonly browser: number;
  readonly server: number;
}

/** The page's objects and the server's buffers after a collection, and what all of the browser's processes hold. In bytes. */
async function memory(customer: CustomerPage): Promise<Memory> {
  for (const worker of customer.page.workers()) await worker.evaluate('gc()');
  await customer.page.evaluate('gc()');
  const devtools = await customer.page.context().newCDPSession(customer.page);
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return { page: usedSize, browser: await residentOf(journey.browser.profile), server: liveBufferBytes() };
}

async function residentOf(profile: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const sizes = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes(profile)) return 0;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss_Anon:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

it('holds no more after two hours than after one, in the browser and on the server', async () => {
  await journey.browser.context.addInitScript(hurriedRecorder, [CHUNKS, CHUNK_BYTES, CHUNK_MS]);
  const customer = await journey.customer();
  await customer.startRecording();
  const whole = CHUNKS * CHUNK_BYTES;
  await eventually(async () => expect(await acknowledged()).toBeGreaterThan(whole / 2), 60_000);
  const early = await memory(customer);
  await eventually(async () => expect(await acknowledged()).toBe(whole), 120_000);
  const late = await memory(customer);
  expect(late.page - early.page).toBeLessThan(5 * MEGABYTE);
  expect(late.browser - early.browser).toBeLessThan(40 * MEGABYTE);
  expect(late.server - early.server).toBeLessThan(20 * MEGABYTE);
}, 240_000);
