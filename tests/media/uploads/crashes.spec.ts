import { randomBytes } from 'node:crypto';
import { MortalProcess } from './support/mortal-process.js';
import { madeOf, objectsOf, rowOf, stored } from './support/stored.js';
import { TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let survivor: UploadApp;
const customer = new TusCustomer();
const parts = Array.from({ length: 5 }, (_, n) => randomBytes(40_000 + n));
const offsets = parts.map((_, n) => parts.slice(0, n).reduce((sum, part) => sum + part.length, 0));
beforeAll(async () => {
  ground = await uploadGround();
  survivor = await ground.start();
});
afterAll(() => ground.drop());

describe('a web server that is killed in its third append', () => {
  it('between the bytes and the row has lost nothing it acknowledged, and the client goes on elsewhere', async () => {
    const mortal = await MortalProcess.start(ground, 'add', 3);
    const upload = await customer.open(mortal);
    for (const n of [0, 1])
      expect((await customer.patch(mortal, upload.path, offsets[n]!, parts[n]!)).status).toBe(204);
    await expect(customer.patch(mortal, upload.path, offsets[2]!, parts[2]!)).rejects.toThrow();
    expect(await mortal.death).toBe('SIGKILL');

    expect(await stored(survivor, upload)).toEqual(madeOf(...parts.slice(0, 2)));
    const [dead] = [...(await objectsOf(survivor, upload.recordingId)).values()];
    expect(dead!.length).toBeGreaterThan(offsets[3]!); // stored, but no row speaks of it
    expect((await customer.head(survivor, upload.path)).offset).toBe(offsets[2]);
    for (const n of [2, 3, 4])
      expect((await customer.patch(survivor, upload.path, offsets[n]!, parts[n]!)).status).toBe(204);
    expect(await stored(survivor, upload)).toEqual(madeOf(...parts));
    expect((await customer.complete(survivor, upload.path, Buffer.concat(parts))).status).toBe(204);
  });

  it('between the row and the answer has kept the append, and the retry is told so', async () => {
    const mortal = await MortalProcess.start(ground, 'commit', 3);
    const upload = await customer.open(mortal);
    for (const n of [0, 1]) await customer.patch(mortal, upload.path, offsets[n]!, parts[n]!);
    await expect(customer.patch(mortal, upload.path, offsets[2]!, parts[2]!)).rejects.toThrow();
    await mortal.death;

    const again = await customer.patch(survivor, upload.path, offsets[2]!, parts[2]!);
    expect([again.status, again.offset]).toEqual([204, offsets[3]]);
    expect(await stored(survivor, upload)).toEqual(madeOf(...parts.slice(0, 3)));
  });
});

it('whenever a server is killed, every acknowledged byte of every upload is there', async () => {
  const acknowledged = new Map<string, { upload: { id: string }; parts: Buffer[] }>();
  for (const afterAppends of [5, 17, 30]) {
    const mortal = await MortalProcess.start(ground, 'never');
    let appends = 0;
    const stream = async () => {
      const upload = await customer.open(mortal);
      const kept = { upload, parts: [] as Buffer[] };
      acknowledged.set(upload.id, kept);
      for (let offset = 0; ;) {
        const part = randomBytes(1 + Math.floor(Math.random() * 60_000));
        const { status } = await customer.patch(mortal, upload.path, offset, part);
        if (status !== 204) throw new Error(`An append was answered ${status}`);
        kept.parts.push(part);
        offset += part.length;
        if (++appends === afterAppends) await mortal.kill();
      }
    };
    const ends = await Promise.allSettled([stream(), stream(), stream(), stream()]);
    for (const end of ends) expect(String((end as PromiseRejectedResult).reason)).toMatch(/socket hang up|ECONN/);
  }
  for (const { upload, parts: kept } of acknowledged.values()) {
    const { manifest } = await stored(survivor, upload);
    expect(manifest.slice(0, kept.length)).toEqual(madeOf(...kept).manifest);
    expect(manifest.length - kept.length).toBeLessThanOrEqual(1); // stored, its answer lost
    expect((await rowOf(survivor, upload)).offset).toBe(manifest.reduce((sum, { length }) => sum + length, 0));
  }
});
