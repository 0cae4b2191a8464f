import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { colours } from '../../media/processing/colours.js';
import { app, consenting, media, reaching, withoutWorkshop } from './media-ground.js';

const fileOf = (name: string) => readFileSync(`tests/fixtures/cases/${name}`);

/** A file that the customer chose, sent as a phone does. */
async function sent(name: string, mediaType: string): Promise<string> {
  const [customer, bytes] = [await consenting(), fileOf(name)];
  const screen = await customer.upload(bytes, { mediaType, length: bytes.length });
  await customer.submit(screen.recordingId, [screen]).expect(200);
  return screen.recordingId;
}

it('what was cut off on a phone is given to nobody: not before it was looked for, and not after', async () => {
  const id = await withoutWorkshop(async () => {
    const id = await sent('trimmed-on-device.mov', 'video/quicktime');
    expect(await reaching(id, 'received')).toMatchObject({ chunksPlayable: false });
    for (const what of ['media', 'download']) await media(id, {}, what).expect(404, 'MEDIA_NOT_THERE');
    return id;
  });
  const { durationMs } = await reaching(id, 'ready');
  expect(Math.abs(durationMs - 4000)).toBeLessThan(100);
  for (const what of ['media', 'download']) {
    const path = join(app.directory, 'handed-out');
    writeFileSync(path, (await media(id, {}, what).expect(200)).bytes);
    expect(new Set(colours(path))).toEqual(new Set(['green']));
  }
});
