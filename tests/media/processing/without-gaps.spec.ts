import { EncodedPacket } from 'mediabunny';
import { withoutGaps } from '../../../modules/media/processing/mediabunny/without-gaps.js';

/** 60 ms of stereo sound, as Chromium packs it, at these moments. */
async function* sounds(...momentsMs: number[]): AsyncGenerator<EncodedPacket, void, unknown> {
  for (const ms of momentsMs) yield new EncodedPacket(Uint8Array.of(0xff, 0x03, 1), 'key', ms / 1000, 0.06);
}

/** Where silence (negative) and sound are afterwards, in milliseconds. */
async function after(...momentsMs: number[]): Promise<number[]> {
  const moments = [];
  for await (const { timestamp, data } of withoutGaps(sounds(...momentsMs)))
    moments.push(Math.round(timestamp * 1000) * (data[1] === 0xff ? -1 : 1));
  return moments;
}

const steady = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n * 60);

it('leaves sound without gaps as it is, wherever it begins', async () => {
  const moments = steady(500, 200);
  expect(await after(...moments)).toEqual(moments);
});

it('fills a gap with as much silence as is missing, in stereo where the sound is', async () => {
  expect(await after(0, 60, 190, 250)).toEqual([0, 60, -120, -140, -160, 190, 250]);
});

it('counts many small gaps together', async () => {
  const moments = [0, 70, 140, 210, ...steady(280, 60)];
  const filled = await after(...moments);
  expect(filled.filter((at) => at < 0)).toHaveLength(2);
  expect(filled.map(Math.abs)).toEqual(filled.map(Math.abs).toSorted((a, b) => a - b));
});

it('is not taken in by sound that was noted late, as long as it catches up', async () => {
  const wobbling = steady(0, 200).map((at, n) => at + (n >= 50 && n < 60 ? 180 - (n - 50) * 18 : 0));
  expect(await after(...wobbling)).toEqual(wobbling);
});
