import { rejectEncrypted, rejectUnsafe } from '../media-errors.js';
import { readBoxHead } from './mp4-boxes.js';
import type { TrackSurvey } from './survey.js';

const CODECS: Readonly<Record<string, string>> = {
  avc1: 'h264',
  avc3: 'h264',
  hvc1: 'hevc',
  hev1: 'hevc',
  vp08: 'vp8',
  vp09: 'vp9',
  av01: 'av1',
  Opus: 'opus',
  sowt: 'pcm',
  twos: 'pcm',
  lpcm: 'pcm',
  ipcm: 'pcm',
  in24: 'pcm',
  fl32: 'pcm',
};
const PROTECTED: ReadonlySet<string> = new Set(['encv', 'enca', 'drmi', 'drms']);
const MOST_ENTRIES = 64;
/** MPEG-4 audio and the three profiles of MPEG-2 AAC, as an elementary stream descriptor names them. */
const AAC_OBJECT_TYPES: ReadonlySet<number> = new Set([0x40, 0x66, 0x67, 0x68]);

/** Reads the sample descriptions (`stsd` after its head): codec and coded size of the track. */
export function readSampleEntries(stsd: Buffer, track: TrackSurvey): void {
  if (stsd.length < 8) return;
  if (stsd.readUInt32BE(4) > MOST_ENTRIES) rejectUnsafe('it changes its codec without end');
  const codecs = new Set<string>();
  for (let position = 8; position + 16 <= stsd.length;) {
    const head = readBoxHead(stsd.subarray(position));
    if (!head || head.size > stsd.length - position) break;
    const entry = stsd.subarray(position, position + head.size);
    if (PROTECTED.has(head.type) || entry.includes('sinf', 16, 'latin1')) rejectEncrypted();
    codecs.add(codecOf(head.type, entry));
    if (track.kind === 'video' && entry.length >= 36) readSize(entry, track);
    position += head.size;
  }
  track.codec = [...codecs].join('+');
}

function readSize(entry: Buffer, track: TrackSurvey): void {
  track.width = Math.max(track.width, entry.readUInt16BE(32));
  track.height = Math.max(track.height, entry.readUInt16BE(34));
}

function codecOf(type: string, entry: Buffer): string {
  if (type !== 'mp4a') return CODECS[type] ?? type;
  return AAC_OBJECT_TYPES.has(objectType(entry) ?? 0x40) ? 'aac' : 'mp4a';
}

/** The object type in the entry's `esds` box, past its optional fields; null when there is none. */
function objectType(entry: Buffer): number | null {
  const esds = entry.indexOf('esds', 16, 'latin1');
  if (esds < 0) return null;
  let at = esds + 8;
  if (entry[at] === 0x03) {
    at = afterLength(entry, at + 1);
    const flags = entry[at + 2] ?? 0;
    at += 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
  }
  return entry[at] === 0x04 ? (entry[afterLength(entry, at + 1)] ?? null) : null;
}

/** Descriptor lengths take up to four bytes, all but the last with the top bit set. */
function afterLength(entry: Buffer, at: number): number {
  let end = at;
  while (end < at + 3 && (entry[end] ?? 0) & 0x80) end += 1;
  return end + 1;
}
