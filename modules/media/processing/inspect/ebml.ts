import { rejectUnsafe } from '../media-errors.js';

/** The Matroska elements the survey looks at, by their identifiers. */
export const EBML = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  maxIdLength: 0x42f2,
  maxSizeLength: 0x42f3,
  segment: 0x18538067,
  timestampScale: 0x2ad7b1,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codecId: 0x86,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  contentEncodings: 0x6d80,
  contentEncodingType: 0x5033,
  contentEncryption: 0x5035,
  encryptedBlock: 0xaf,
  cluster: 0x1f43b675,
  clusterTimestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
  referenceBlock: 0xfb,
} as const;

/** Children of the segment: one of these ends a cluster whose size was never written. */
export const SEGMENT_CHILDREN: ReadonlySet<number> = new Set([
  EBML.cluster,
  0x114d9b74, // SeekHead
  0x1549a966, // Info
  0x1654ae6b, // Tracks
  0x1c53bb6b, // Cues
  0x1254c367, // Tags
  0x1043a770, // Chapters
  0x1941a469, // Attachments
]);

/** Everything that has children; SimpleTag and ChapterAtom may hold themselves, which is why depth is bounded. */
const MASTERS: ReadonlySet<number> = new Set([
  ...SEGMENT_CHILDREN,
  ...[EBML.header, EBML.segment, EBML.trackEntry, EBML.blockGroup, EBML.contentEncodings, EBML.contentEncryption],
  ...[0x4dbb, 0xe0, 0xe1, 0x6240, 0x5034, 0x55b0, 0x55d0, 0x7670, 0xe2, 0x41e4], // Seek … BlockAdditionMapping
  ...[0xbb, 0xb7, 0x7373, 0x63c0, 0x67c8, 0x45b9, 0xb6, 0x80, 0x61a7], // CuePoint … AttachedFile
  ...[0x75a1, 0xa6, 0x8e, 0xe8], // BlockAdditions, BlockMore, Slices, TimeSlice
]);

export interface ElementHead {
  readonly id: number;
  readonly isMaster: boolean;
  /** Bytes of identifier and size. */
  readonly headBytes: number;
  /** Infinity when unknown, which only a segment and a cluster may be. */
  readonly size: number;
}

/** Reads identifier and size; null when the bytes are too few or make no sense. */
export function readElementHead(bytes: Buffer): ElementHead | null {
  const idLength = vintLength(bytes, 0, 4);
  if (idLength === null) return null;
  const sizeLength = vintLength(bytes, idLength, 8);
  if (sizeLength === null) return null;
  const id = bytes.readUIntBE(0, idLength);
  const size = readVint(bytes, idLength, sizeLength);
  if (size === Infinity && id !== EBML.segment && id !== EBML.cluster)
    rejectUnsafe('a part of it has no declared size');
  return { id, isMaster: MASTERS.has(id), headBytes: idLength + sizeLength, size };
}

/** Length of the variable-length number at `offset`, by its leading zero bits. */
export function vintLength(bytes: Buffer, offset: number, longest: number): number | null {
  if (offset >= bytes.length) return null;
  const length = Math.clz32(bytes[offset]!) - 23;
  return length <= longest && offset + length <= bytes.length ? length : null;
}

/** The number without its length marker; Infinity when all its bits are set. */
export function readVint(bytes: Buffer, offset: number, length: number): number {
  const mask = 0xff >> length;
  const tail = bytes.subarray(offset + 1, offset + length);
  const first = bytes[offset]! & mask;
  if (first === mask && tail.every((byte) => byte === 0xff)) return Infinity;
  return first * 256 ** tail.length + readUnsigned(tail);
}

/** An unsigned EBML integer of at most 8 bytes; loses precision beyond 2^53, where every limit is long passed. */
export function readUnsigned(bytes: Buffer): number {
  let value = 0;
  for (const byte of bytes.subarray(0, 8)) value = value * 256 + byte;
  return value;
}
