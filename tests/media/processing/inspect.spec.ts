import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MediabunnyMedia } from '../../../modules/media/processing/mediabunny/mediabunny-media.js';
import { MediaRejected } from '../../../modules/media/processing/media-errors.js';
import { audioTrack, block, box, cluster, ebml, EBML_HEADER, FTYP, mp4, trak, tracks } from './hostile-files.js';
import { unsigned, videoTrack, webm, words } from './hostile-files.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();
const tools = new MediabunnyMedia('test', null);
let files = 0;

function inspect(content: Buffer | string, limits = {}) {
  return tools.inspect(scratch.file(`file-${++files}`, content), limits);
}

async function codeOf(content: Buffer | string, limits = {}): Promise<string> {
  try {
    return JSON.stringify(await inspect(content, limits));
  } catch (error) {
    if (!(error instanceof MediaRejected)) throw error;
    expect(error.sentence).toMatch(/^[A-Z].*\.$/);
    return error.code;
  }
}

describe('what Chromium’s MediaRecorder wrote', () => {
  it.each([
    ['vp9-opus.webm', { container: 'webm', videoCodec: 'vp9', audioCodec: 'opus', frames: 81, keyframes: 3 }],
    ['vp8-opus.webm', { container: 'webm', videoCodec: 'vp8', audioCodec: 'opus', keyframes: 1 }],
    ['vp9-silent.webm', { container: 'webm', videoCodec: 'vp9', audioCodec: null }],
    ['h264-opus.mkv', { container: 'matroska', videoCodec: 'h264', audioCodec: 'opus' }],
    ['h264-opus.mp4', { container: 'mp4', videoCodec: 'h264', audioCodec: 'opus', frames: 43, keyframes: 3 }],
  ])('%s is seen as it is, though its header knows no duration', async (name, expected) => {
    const file = await tools.inspect(join(FIXTURES, name));
    expect(file).toMatchObject({ ...expected, width: 320, height: 180, truncated: false });
    const wanted = name.startsWith('vp9-opus') ? 6000 : 4000;
    expect(Math.abs(file.durationMs - wanted)).toBeLessThan(200);
  });

  it.each(['vp9-opus.webm', 'h264-opus.mkv', 'h264-opus.mp4'])('%s cut at any byte never surprises', async (name) => {
    const whole = readFileSync(join(FIXTURES, name));
    let shortest = Infinity;
    for (let bytes = 1; bytes < whole.length; bytes += 97) {
      const code = await codeOf(whole.subarray(0, bytes));
      if (code.startsWith('{')) shortest = Math.min(shortest, bytes);
      else expect(['TRUNCATED', 'NOT_A_VIDEO']).toContain(code);
      if (bytes > shortest) expect(JSON.parse(code)).toMatchObject({ width: 320 });
    }
    expect(shortest).toBeLessThan(whole.length / 2);
  });
});

describe('what is no video', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'EMPTY_FILE'],
    ['the one byte a first chunk may be', Buffer.from([0x1a]), 'TRUNCATED'],
    ['one byte of something else', Buffer.from([0x47]), 'NOT_A_VIDEO'],
    ['random bytes', randomBytes(100_000), 'NOT_A_VIDEO'],
    ['a playlist', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n', 'NOT_A_VIDEO'],
    ['a concat script', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'NOT_A_VIDEO'],
    ['a web page', '<!doctype html><script>alert(1)</script>', 'NOT_A_VIDEO'],
    ['an EBML file of another kind', ebml(0x1a45dfa3, [ebml(0x4282, Buffer.from('other'))]), 'NOT_A_VIDEO'],
    ['a start of WebM', EBML_HEADER, 'TRUNCATED'],
    ['WebM without a picture', webm(tracks(audioTrack(2)), cluster(0, block(2, 0), block(2, 20))), 'NO_VIDEO_TRACK'],
    ['WebM before the first picture', webm(tracks(videoTrack())), 'TRUNCATED'],
    ['MP4 whose end never came', Buffer.concat([FTYP, box('mdat', Buffer.alloc(50), 9000)]), 'TRUNCATED'],
  ])('%s is told apart', async (_, content, code) => expect(await codeOf(content)).toBe(code));
});

describe('limits', () => {
  const plain = webm(tracks(videoTrack()), cluster(0, block(1, 0), block(1, 100, 0)));

  it('lets a plain file pass', async () => {
    expect(await inspect(plain)).toMatchObject({ frames: 2, keyframes: 1, durationMs: 200, audioCodec: null });
  });

  it.each([
    ['bytes', plain, { maxBytes: 100 }, 'TOO_LARGE'],
    [
      'frames for longer than allowed',
      webm(tracks(videoTrack()), ...Array.from({ length: 300 }, (_, n) => cluster(n * 50_000, block(1, 0)))),
      {},
      'TOO_LONG',
    ],
    [
      'a time beyond reckoning',
      webm(tracks(videoTrack()), cluster(0, block(1, 0)), cluster(2n ** 63n, block(1, 0))),
      {},
      'TOO_LONG',
    ],
    ['tracks', webm(tracks(...Array.from({ length: 10_000 }, (_, n) => videoTrack(n + 1)))), {}, 'TOO_MANY_TRACKS'],
    ['tracks of MP4', mp4(...Array.from({ length: 10_000 }, () => trak())), {}, 'TOO_MANY_TRACKS'],
    ['pixels', plain, { maxPixels: 4000 }, 'TOO_MANY_PIXELS'],
    ['a side', plain, { maxSide: 63 }, 'TOO_MANY_PIXELS'],
  ])('are kept: %s', async (_, content, limits, code) => expect(await codeOf(content, limits)).toBe(code));

  it.each([
    ['WebM', webm(tracks(videoTrack()), cluster(0, block(1, 0)), cluster(20_000_000, block(1, 0))), 3100],
    ['MP4', mp4(trak({ stbl: frameTable(10, 0x7fffffff) })), 9 * 3000 + 60_000],
  ])('count no time in which nothing comes, of %s', async (_, content, durationMs) => {
    expect(await inspect(content)).toMatchObject({ jumps: true, durationMs });
  });

  it('takes the duration from the frames, whatever the header claims', async () => {
    const claim = ebml(0x1549a966, [ebml(0x4489, Buffer.from('7fefffffffffffff', 'hex'))]);
    const file = await inspect(webm(claim, tracks(videoTrack()), cluster(0, block(1, 0), block(1, 100))));
    expect(file.durationMs).toBe(200);
  });
});

describe('hostile WebM', () => {
  const encodings = (...children: Buffer[]) => ebml(0x6d80, [ebml(0x6240, children)]);
  const frames = (content: Buffer) => webm(tracks(videoTrack(), audioTrack()), cluster(0, block(1, 0), content));
  const nested = (depth: number): Buffer => (depth === 0 ? Buffer.alloc(0) : ebml(0x67c8, nested(depth - 1)));
  const sizeless = ebml(0xae, [unsigned(0xd7, 1), unsigned(0x83, 1), ebml(0x86, Buffer.from('V_VP9'))]);
  const laced = (count: number, bytes: number) => Buffer.concat([Buffer.from([count - 1]), Buffer.alloc(bytes)]);

  it.each([
    ['encrypted content', webm(tracks(videoTrack(1, encodings(ebml(0x5035, Buffer.alloc(2)))))), 'ENCRYPTED'],
    ['encrypted by type', webm(tracks(videoTrack(1, encodings(unsigned(0x5033, 1))))), 'ENCRYPTED'],
    ['encrypted blocks', frames(ebml(0xaf, Buffer.alloc(9))), 'ENCRYPTED'],
    ['compressed content', webm(tracks(videoTrack(1, encodings(ebml(0x5034, [unsigned(0x4254, 0)]))))), 'UNSAFE_FILE'],
    ['nesting without end', webm(tracks(videoTrack()), ebml(0x1254c367, nested(500))), 'UNSAFE_FILE'],
    ['a child larger than its parent', frames(ebml(0xa3, Buffer.alloc(9), 5000)), 'UNSAFE_FILE'],
    ['a part of 2^50 bytes', webm(tracks(videoTrack()), ebml(0xec, Buffer.alloc(9), 2 ** 50)), 'UNSAFE_FILE'],
    ['a header without size', webm(ebml(0x1654ae6b, videoTrack(), 'unknown')), 'UNSAFE_FILE'],
    ['half a million paddings', webm(Buffer.alloc(1_100_000, Buffer.from([0xec, 0x80]))), 'UNSAFE_FILE'],
    ['a picture without size', webm(tracks(sizeless), cluster(0, block(1, 0))), 'NO_VIDEO_TRACK'],
    ['a clock that stands still', webm(ebml(0x1549a966, [unsigned(0x2ad7b1, 0)])), 'UNSAFE_FILE'],
    ['long identifiers', ebml(0x1a45dfa3, [unsigned(0x42f2, 200)]), 'UNSAFE_FILE'],
    ['long sizes', ebml(0x1a45dfa3, [unsigned(0x42f3, 200)]), 'UNSAFE_FILE'],
    ['a second file inside', Buffer.concat([webm(tracks(videoTrack())), webm(tracks(videoTrack()))]), 'UNSAFE_FILE'],
    ['laced pictures', frames(block(1, 0, 0x86, laced(200, 400))), 'UNSAFE_FILE'],
    ['laced frames of no bytes', frames(block(2, 0, 0x86, laced(200, 0))), 'UNSAFE_FILE'],
    [
      'an unknown codec',
      webm(tracks(videoTrack(1, ebml(0x86, Buffer.from('V_MS/VFW')))), cluster(0, block(1, 0))),
      'UNSUPPORTED_CODEC',
    ],
  ])('%s', async (_, content, code) => expect(await codeOf(content)).toBe(code));

  it('a bomb of laced frames costs neither time nor memory', async () => {
    const bomb = Array.from({ length: 20_000 }, () => block(2, 0, 0x86, laced(256, 256)));
    const before = process.memoryUsage().rss;
    expect(await codeOf(webm(tracks(videoTrack(), audioTrack()), cluster(0, ...bomb)))).toBe('UNSAFE_FILE');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('survives 2000 files with random bytes changed', async () => {
    const whole = readFileSync(join(FIXTURES, 'vp9-silent.webm'));
    for (let round = 0; round < 1000; round += 1) await codeOf(scrambled(whole, round));
    const box = readFileSync(join(FIXTURES, 'h264-opus.mp4'));
    for (let round = 0; round < 1000; round += 1) await codeOf(scrambled(box, round));
  });
});

describe('hostile MP4 and QuickTime', () => {
  const url = (address: string) => box('url ', [words(0), Buffer.from(`${address}\0`)]);
  const dref = (entry: Buffer) => trak({ dref: box('dref', [words(0, 1), entry]) });
  const table = (...boxes: Buffer[]) => mp4(trak({ stbl: boxes }));
  const nested = (depth: number): Buffer => (depth === 0 ? Buffer.alloc(0) : box('udta', nested(depth - 1)));
  const fill = (count: number) => Buffer.alloc(count * 8, box('free'));

  it('lets a plain file pass', async () => {
    expect(await inspect(mp4(trak()))).toMatchObject({ frames: 10, durationMs: 1000, width: 64, height: 64 });
  });

  it.each([
    ['samples in another file', mp4(dref(url('file:///etc/passwd'))), 'UNSAFE_FILE'],
    ['samples on another machine', mp4(dref(url('http://169.254.169.254/'))), 'UNSAFE_FILE'],
    ['an alias', mp4(dref(box('alis', [words(0), Buffer.alloc(80)]))), 'UNSAFE_FILE'],
    [
      'a self-contained reference with an address',
      mp4(dref(box('url ', [words(1), Buffer.from('/etc/passwd')]))),
      'UNSAFE_FILE',
    ],
    ['a reference movie', mp4(box('rmra', Buffer.alloc(8))), 'UNSAFE_FILE'],
    ['a compressed header', mp4(box('cmov', Buffer.alloc(8))), 'UNSAFE_FILE'],
    ['an encrypted picture', mp4(trak({ codec: 'encv' })), 'ENCRYPTED'],
    ['a licence', mp4(trak(), box('pssh', Buffer.alloc(24))), 'ENCRYPTED'],
    ['an unknown codec', mp4(trak({ codec: 'mjpg' })), 'UNSUPPORTED_CODEC'],
    ['a million samples of no size', table(box('stsz', words(0, 0, 1_000_000))), 'UNSAFE_FILE'],
    ['a million samples of one size', table(box('stsz', words(0, 100, 1_000_000))), 'UNSAFE_FILE'],
    ['2^32 samples of one byte', table(box('stsz', words(0, 1, 0xffffffff))), 'UNSAFE_FILE'],
    ['thousands of codecs', table(box('stsd', words(0, 5000))), 'UNSAFE_FILE'],
    ['100 000 boxes in the header', mp4(trak(), fill(100_001)), 'UNSAFE_FILE'],
    ['2 million boxes', Buffer.concat([FTYP, fill(2_000_001)]), 'UNSAFE_FILE'],
    ['2^32 shifts in one line', table(box('ctts', words(0, 1, 0xffffffff, 1))), 'UNSAFE_FILE'],
    ['thousands of edits', mp4(trak({ more: [box('edts', box('elst', words(0, 5000)))] })), 'UNSAFE_FILE'],
    ['nesting without end', mp4(trak(), nested(500)), 'UNSAFE_FILE'],
    ['a child larger than its parent', mp4(box('trak', Buffer.alloc(20), 5000)), 'UNSAFE_FILE'],
    ['a header of 100 MB', Buffer.concat([FTYP, box('moov', Buffer.alloc(100_000_000))]), 'UNSAFE_FILE'],
    ['two headers', Buffer.concat([mp4(trak()), mp4(trak())]), 'UNSAFE_FILE'],
    ['frames for years', table(...frameTable(0xffffffff, 1000)), 'TOO_LONG'],
  ])('%s', async (_, content, code) => expect(await codeOf(content)).toBe(code));

  it.each([
    ['one run', [words(0, 1_000_000)]],
    ['many runs', Array.from({ length: 6000 }, () => words(0, 1000))],
  ])('a fragment that multiplies frames out of nothing by %s', async (_, runs) => {
    const trex = box('mvex', box('trex', words(0, 1, 1, 100, 0, 0)));
    const tkhd = box('tkhd', Buffer.concat([words(0, 0, 0, 1), Buffer.alloc(68)]));
    const fragment = box('traf', [box('tfhd', words(0, 1)), ...runs.map((run) => box('trun', run))]);
    const file = Buffer.concat([FTYP, box('moov', [trak({ more: [tkhd] }), trex]), box('moof', fragment)]);
    expect(await codeOf(file)).toBe('UNSAFE_FILE');
  });
});

/** Descriptions of a track with ten frames, and the claim that there are so many and each lasts so many milliseconds. */
function frameTable(claimed: number, eachMs: number): Buffer[] {
  const entry = box('avc1', [Buffer.alloc(24), words((64 << 16) | 64), Buffer.alloc(50)]);
  const sizes = box('stsz', words(0, 0, 10, ...Array.from({ length: 10 }, () => 1)));
  return [box('stsd', [words(0, 1), entry]), box('stts', words(0, 1, claimed, eachMs)), sizes];
}

/** The same few changes for the same seed. */
function scrambled(whole: Buffer, seed: number): Buffer {
  const copy = Buffer.from(whole);
  let state = seed * 2654435761 + 1;
  for (let change = 0; change < 1 + (seed % 20); change += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // Mostly in the header, where structure is.
    const at = state % (change % 2 === 0 ? 600 : copy.length);
    copy[at] = (state >>> 24) & 0xff;
  }
  return copy;
}
