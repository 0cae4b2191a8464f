import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MortalProcess } from './support/mortal-process.js';
import { TusCustomer } from './support/tus-customer.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

const UPLOADS = 10;
const PIECES = 40;
const PIECE = randomBytes(1_000_000);
const MEGABYTES = (UPLOADS * PIECES * PIECE.length) / 1e6;

let ground: UploadGround;
let server: MortalProcess;
const customer = new TusCustomer();
beforeAll(async () => {
  ground = await uploadGround();
  server = await MortalProcess.start(ground, 'never');
});
afterAll(async () => {
  await server.kill();
  await ground.drop();
});

async function residentMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

/** One endless PATCH, as a tus client with default settings sends a large file. */
async function stream(path: string, pieces: number): Promise<number> {
  const sending = request(`${server.url}${path}`, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      authorization: customer.authorization,
      'content-type': 'application/offset+octet-stream',
      'content-length': pieces * PIECE.length,
      'upload-offset': 0,
    },
  });
  const status = new Promise<number>((resolve, reject) => {
    sending.on('response', (response) => resolve(response.resume().statusCode!)).on('error', reject);
  });
  await pipeline(Readable.from(Array<Buffer>(pieces).fill(PIECE), { objectMode: false }), sending);
  return status;
}

/** Streams half of it and has it verified. @returns the most memory the server had meanwhile */
async function half(claim: Record<string, unknown>): Promise<number> {
  let peak = 0;
  const watch = setInterval(() => void residentMegabytes().then((now) => (peak = Math.max(peak, now))), 50);
  const uploads = await Promise.all(Array.from({ length: UPLOADS }, () => customer.open(server)));
  expect(await Promise.all(uploads.map(({ path }) => stream(path, PIECES)))).toEqual(uploads.map(() => 204));
  for (const { path } of uploads) expect((await customer.complete(server, path, PIECE, claim)).status).toBe(204);
  clearInterval(watch);
  return peak;
}

it(`${2 * MEGABYTES} MB in ${UPLOADS} streams at a time, and their verification, leave memory flat`, async () => {
  const whole = createHash('sha256');
  for (let piece = 0; piece < PIECES; piece++) whole.update(PIECE);
  const claim = { bytes: PIECES * PIECE.length, sha256: whole.digest('hex') };
  const before = await residentMegabytes();
  const [first, second] = [await half(claim), await half(claim)];
  expect(first - before).toBeLessThan(MEGABYTES * 0.7); // 120 to 210 MB on fast and slow machines
  expect(second - first).toBeLessThan(MEGABYTES / 4); // a leak would be all of it
}, 120_000);
