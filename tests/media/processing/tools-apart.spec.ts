import { spawnSync } from 'node:child_process';
import { createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ToolsApart } from '../../../modules/media/processing/apart/tools-apart.js';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { MediaFailed, MediaRejected } from '../../../modules/media/processing/media-errors.js';
import type { MediaTools } from '../../../modules/media/processing/media-tools.js';
import { processRecording } from '../../../modules/media/processing/process-recording.js';
import { eventually } from '../../support/eventually.js';
import { recorded } from './recorded-outputs.js';
import { blocksOf, fileOf } from './retimed.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const root = join(scratch.path, 'temp');
const VP9 = join(FIXTURES, 'vp9-opus.webm');
const left = () => readdir(root).catch(() => []);

describe.each(['ffmpeg', 'none'])('in a process of its own, with %s', (tool) => {
  let tools: ToolsApart;
  let here: MediaTools;
  /** The processes that we have. */
  const children = () =>
    readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  const itsProcess = () =>
    children().filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('media-process'));

  beforeAll(async () => {
    mkdirSync(root, { recursive: true });
    tools = await ToolsApart.open({ ffmpeg: tool, folder: root });
    here = (await chooseMedia(tool)).tools;
  });
  afterAll(() => tools.close());

  it('makes the same of a recording, and says how far it is', async () => {
    const { events, outputs } = recorded();
    const progress: number[] = [];
    const onProgress = (fraction: number) => void progress.push(fraction);
    const processed = await processRecording(createReadStream(VP9), root, { tools, outputs, onProgress });
    const by = recorded();
    const expected = await processRecording(createReadStream(VP9), root, { tools: here, outputs: by.outputs });
    expect(events).toEqual(by.events);
    const madeOf = ({ seekable, storyboard }: typeof processed) => ({
      ...{ ...seekable, path: '' },
      storyboard: storyboard && { ...storyboard },
    });
    expect(madeOf(processed)).toEqual(madeOf(expected));
    expect(progress.length).toBeGreaterThan(3);
    expect(itsProcess()).toHaveLength(1);
  });

  it('refuses in the same words', async () => {
    const options = { tools, outputs: recorded().outputs };
    const refused = processRecording(Readable.from([Buffer.from('#EXTM3U\n')]), root, options);
    await expect(refused).rejects.toBeInstanceOf(MediaRejected);
    await expect(refused).rejects.toMatchObject({ code: 'NOT_A_VIDEO', sentence: expect.stringContaining('WebM') });
  });

  it('takes no time of whoever else is served here', async () => {
    const blocks = await blocksOf('vp8-opus.webm');
    const sleepy = blocks.blocks.map((block) => ({ ...block, atMs: block.atMs * 400 }));
    const path = scratch.file('sleepy', fileOf(blocks.head, sleepy));
    const before = process.threadCpuUsage();
    await processRecording(path, root, { tools, outputs: { seekable: async () => undefined } });
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2_000);
  });

  it('holds nothing of our environment', () => {
    process.env.SECRET_OF_THE_SUITE = 'secret';
    const environment = readFileSync(`/proc/${itsProcess()[0]}/environ`, 'latin1');
    delete process.env.SECRET_OF_THE_SUITE;
    expect(environment).not.toMatch(/secret|npm_/);
  });

  it('is over at once when nobody wants it any more, and can be asked again', async () => {
    const reason = new Error('deleted');
    const controller = new AbortController();
    const outputs = { seekable: async () => undefined, mp4: async () => undefined };
    const onProgress = (fraction: number) => fraction > 0.1 && controller.abort(reason);
    const given = processRecording(VP9, root, { tools, outputs, signal: controller.signal, onProgress });
    await expect(given).rejects.toBe(reason);
    expect(await left()).toEqual([]);
    expect(itsProcess()).toHaveLength(1);
    await expect(tools.inspect(VP9)).resolves.toMatchObject({ frames: 81 });
  });

  it('fails, to be tried again, when it dies', async () => {
    const [pid] = itsProcess().map(Number);
    const onProgress = (fraction: number) => fraction > 0.1 && process.kill(pid!, 'SIGKILL');
    const dies = processRecording(VP9, root, { tools, outputs: recorded().outputs, onProgress });
    await expect(dies).rejects.toBeInstanceOf(MediaFailed);
    await expect(tools.inspect(VP9)).resolves.toMatchObject({ frames: 81 });
    expect(itsProcess()).not.toContain(String(pid));
  });
});

it('lets a process go that nobody needs any more', async () => {
  const tools = await ToolsApart.open({ ffmpeg: 'ffmpeg', folder: root }, {}, 1);
  const isGone = () =>
    expect(spawnSync('pgrep', ['-P', String(process.pid), '-f', 'media-process']).stdout.toString()).toBe('');
  await eventually(isGone);
  await expect(tools.inspect(VP9)).resolves.toMatchObject({ frames: 81 });
  tools.close();
});
