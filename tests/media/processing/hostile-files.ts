/** Writes the structures that tests need and no recorder would write. */

/** One EBML element; `size` overrides what it declares. */
export function ebml(id: number, payload: Buffer | Buffer[], size?: number | 'unknown'): Buffer {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.concat(payload);
  const head = Buffer.from(id.toString(16).padStart(2, '0'), 'hex');
  const length = Buffer.alloc(8);
  if (size === 'unknown') length.fill(0xff).writeUInt8(0x01, 0);
  else length.writeBigUInt64BE(BigInt(size ?? body.length) | (1n << 56n));
  return Buffer.concat([head, length, body]);
}

export function unsigned(id: number, value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return ebml(id, bytes);
}

export const EBML_HEADER = ebml(0x1a45dfa3, [ebml(0x4282, Buffer.from('webm'))]);

export function videoTrack(number = 1, ...more: Buffer[]): Buffer {
  const size = ebml(0xe0, [unsigned(0xb0, 64), unsigned(0xba, 64)]);
  return ebml(0xae, [unsigned(0xd7, number), unsigned(0x83, 1), ebml(0x86, Buffer.from('V_VP9')), size, ...more]);
}

export function audioTrack(number = 2): Buffer {
  return ebml(0xae, [unsigned(0xd7, number), unsigned(0x83, 2), ebml(0x86, Buffer.from('A_OPUS'))]);
}

export function tracks(...entries: Buffer[]): Buffer {
  return ebml(0x1654ae6b, entries);
}

/** A SimpleBlock of track 1 … 126. */
export function block(track: number, atMs: number, flags = 0x80, data: Buffer = Buffer.alloc(8)): Buffer {
  const head = Buffer.from([0x80 | track, 0, 0, flags]);
  head.writeInt16BE(atMs, 1);
  return ebml(0xa3, [head, data]);
}

export function cluster(atMs: number | bigint, ...blocks: Buffer[]): Buffer {
  return ebml(0x1f43b675, [unsigned(0xe7, atMs), ...blocks]);
}

export function webm(...children: Buffer[]): Buffer {
  return Buffer.concat([EBML_HEADER, ebml(0x18538067, children, 'unknown')]);
}

/** One MP4 box; `size` overrides what it declares. */
export function box(type: string, payload: Buffer | Buffer[] = [], size?: number): Buffer {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.concat(payload);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size ?? body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}

export const FTYP = box('ftyp', Buffer.from('isom\0\0\0\0isom'));
const SELF_CONTAINED = box('dref', [words(0, 1), box('url ', words(1))]);

export interface FakeTrack {
  readonly codec?: string;
  readonly dref?: Buffer;
  readonly stbl?: Buffer[];
  readonly more?: Buffer[];
}

/** A video track of ten frames in one second, unless told otherwise. */
export function trak({ codec = 'avc1', dref = SELF_CONTAINED, stbl, more = [] }: FakeTrack = {}): Buffer {
  const entry = box(codec, [Buffer.alloc(24), words((64 << 16) | 64), Buffer.alloc(50)]);
  const hdlr = box('hdlr', [words(0, 0), Buffer.from('vide'), Buffer.alloc(12)]);
  const sizes = box('stsz', words(0, 0, 10, ...Array.from({ length: 10 }, () => 1)));
  const table = box('stbl', stbl ?? [box('stsd', [words(0, 1), entry]), box('stts', words(0, 1, 10, 100)), sizes]);
  const header = box('mdhd', words(0, 0, 0, 1000, 1000, 0));
  return box('trak', [box('mdia', [header, hdlr, box('minf', [box('dinf', [dref]), table])]), ...more]);
}

export function mp4(...traks: Buffer[]): Buffer {
  return Buffer.concat([FTYP, box('moov', traks), box('mdat', Buffer.alloc(1000))]);
}
