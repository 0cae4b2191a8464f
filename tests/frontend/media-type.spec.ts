import { readdir, readFile } from 'node:fs/promises';
import { whatIsWrongWith } from '../../frontend/src/lib/recorder/media-type.js';

const FIXTURES = 'tests/fixtures/media';
const file = (content: string | Uint8Array<ArrayBuffer>, name = 'a.mp4') => new File([content], name);
const box = (type: string) => `\0\0\0\x10${type}mp42\0\0\0\0`;

it('takes every video of ours for one', async () => {
  const videos = (await readdir(FIXTURES)).filter((name) => /\.(mp4|mov|webm|mkv)$/.test(name));
  expect(videos.length).toBeGreaterThan(3);
  for (const name of videos)
    expect([name, await whatIsWrongWith(file(new Uint8Array(await readFile(`${FIXTURES}/${name}`)), name))]).toEqual([
      name,
      null,
    ]);
});

it.each(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'])('knows a video that begins with %s', async (type) => {
  expect(await whatIsWrongWith(file(box(type), 'clip.mov'))).toBeNull();
});

it('tells what is none before it is uploaded', async () => {
  expect(await whatIsWrongWith(file('%PDF-1.7 and so on', 'invoice.mp4'))).toBe('file.not_video');
  expect(await whatIsWrongWith(file('\xff\xd8\xff\xe0 a photo', 'photo.jpg'))).toBe('file.not_video');
  expect(await whatIsWrongWith(file(''))).toBe('file.empty');
  const moved = file(box('ftyp'));
  moved.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('Moved', 'NotReadableError')) }) as never;
  expect(await whatIsWrongWith(moved)).toBe('file.unreadable');
});
