import { join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { shownOf } from '../../../modules/media/processing/inspect/mp4-edits.js';
import type { MediaTools } from '../../../modules/media/processing/media-tools.js';
import { colours } from './colours.js';
import { CASES, FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
let results = 0;
const output = () => join(scratch.path, `result-${++results}`);

/** Four seconds of red, hidden by the file's own list, then four of green. */
const TRIMMED = join(CASES, 'trimmed-on-device.mov');

/** Of ten seconds of media, in thousandths. */
const TRACK = { fileScale: 1000, trackScale: 1000, firstMs: 0, endMs: 10_000, inFragments: false };

it.each([
  ['no list', [], {}, 0, false],
  ['all of it', [[10_000, 0]], {}, 10_000, false],
  ['what an encoder put before the sound', [[9_977, 23]], {}, 9_977, false],
  ['pictures in another order', [[10_000, 200]], { firstMs: 200, endMs: 10_200 }, 10_000, false],
  [
    'a pause before all of it',
    [
      [500, -1],
      [10_000, 0],
    ],
    {},
    10_500,
    false,
  ],
  ['the beginning cut off', [[6_000, 4_000]], {}, 6_000, true],
  ['the end cut off', [[6_000, 0]], {}, 6_000, true],
  [
    'a piece from the middle cut out',
    [
      [3_000, 0],
      [5_000, 5_000],
    ],
    {},
    8_000,
    true,
  ],
  ['more than there is', [[3_600_000, 4_000]], {}, 6_000, true],
  ['to the end', [[0, 0]], {}, 10_000, false],
  ['a header that ends before the fragments do', [[2_000, 0]], { inFragments: true }, 10_000, false],
])('a list of %s is understood', (_, list, track, shownMs, hides) => {
  const edits = list.map(([lasts, from]) => ({ lasts: lasts!, from: from! }));
  expect(shownOf({ ...TRACK, ...track, edits })).toEqual({ shownMs, hides });
});

describe.each(['ffmpeg', 'mediabunny'] as const)('with %s', (name) => {
  let tools: MediaTools;
  beforeAll(async () => void (tools = (await chooseMedia(name === 'ffmpeg' ? 'ffmpeg' : 'none')).tools));

  it('what was cut off on a phone is in no file that is made', async () => {
    const input = await tools.inspect(TRIMMED);
    expect(input).toMatchObject({ hides: true, durationMs: 4000 });
    const seekable = await tools.makeSeekable(input, output());
    expect(Math.abs(seekable.durationMs - 4000)).toBeLessThan(100);
    expect(seekable).toMatchObject({ hides: false, kept: { startMs: 0 } });
    expect(new Set(colours(seekable.path))).toEqual(new Set(['green']));
    const mp4 = await tools.transcodeMp4(seekable, output());
    expect(new Set(colours(mp4!.path))).toEqual(new Set(['green']));
  });

  it('and a part of what is left is cut by the clock that players show', async () => {
    const trim = { startMs: 1000, endMs: 3000 };
    const seekable = await tools.makeSeekable(await tools.inspect(TRIMMED), output(), { trim });
    expect(Math.abs(seekable.durationMs - 2000)).toBeLessThan(100);
    expect(new Set(colours(seekable.path))).toEqual(new Set(['green']));
  });

  it('while lists that only say where sound and picture begin hide nothing', async () => {
    for (const file of ['h264-opus.mp4'])
      expect(await tools.inspect(join(FIXTURES, file))).toMatchObject({ hides: false });
  });
});
