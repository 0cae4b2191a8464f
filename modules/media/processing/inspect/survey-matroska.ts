import { MAX_PACKETS } from '../media-file.js';
import { rejectEncrypted, rejectUnsafe } from '../media-errors.js';
import { EBML, readElementHead, readUnsigned, SEGMENT_CHILDREN, type ElementHead } from './ebml.js';
import type { FileWindow } from './file-window.js';
import { BLOCK_HEAD_BYTES } from './matroska-blocks.js';
import { MatroskaReading } from './matroska-reading.js';
import type { Survey } from './survey.js';

/** Longest head of an element (12) and of a block. */
const PEEK = 12 + BLOCK_HEAD_BYTES;
const LONGEST_LEAF = 64 * 1024 * 1024;
const DEEPEST = 10;
/** Outside clusters; the index of a 4-hour recording with a key frame every second has about 75 000. */
const MOST_HEADER_ELEMENTS = 500_000;

/** Blocks and their groups; anything beyond is padding made to keep us busy. */
const MOST_ELEMENTS = 4 * MAX_PACKETS;

/**
 * Walks a WebM or Matroska file element by element, in flat memory, without trusting any declared size.
 * Bytes missing at the end only end the walk.
 * @throws MediaRejected when the file is encrypted or built to do harm
 */
export async function surveyMatroska(window: FileWindow, maxTracks: number): Promise<Survey> {
  const reading = new MatroskaReading(maxTracks);
  const nesting = new Nesting(reading);
  let position = 0;
  while (position < window.size) {
    nesting.closeBefore(position);
    const bytes = window.held(position, PEEK) ?? (await window.at(position, PEEK));
    const head = readElementHead(bytes);
    if (!head) return reading.finish(true);
    if (position > 0 && head.id === EBML.header) rejectUnsafe('several files are hidden in one');
    const end = position + head.headBytes + head.size;
    nesting.check(head, end);
    position += head.headBytes;
    if (head.isMaster) {
      nesting.open(head.id, end);
      continue;
    }
    if (end > window.size) return reading.finish(true);
    readLeaf(reading, head, bytes);
    if (isText(head)) reading.text(head.id, (await window.at(position, Math.min(head.size, 64))).toString('latin1'));
    position = end;
  }
  nesting.closeBefore(position);
  return reading.finish(nesting.reachesBeyond(window.size));
}

/** The elements we are inside of, and how many there have been. */
class Nesting {
  /** `end` is Infinity when the size was never written. */
  private readonly elements: { readonly id: number; readonly end: number }[] = [];
  private clusters = 0;
  private headerElements = 0;
  private allElements = 0;

  constructor(private readonly reading: MatroskaReading) {}

  closeBefore(position: number): void {
    while (this.elements.length > 0 && position >= this.elements.at(-1)!.end) this.close();
  }

  check(head: ElementHead, end: number): void {
    if (this.endsOpenCluster(head)) this.close();
    this.allElements += 1;
    this.headerElements += this.clusters === 0 ? 1 : 0;
    if (this.headerElements > MOST_HEADER_ELEMENTS || this.allElements > MOST_ELEMENTS) rejectUnsafe('it never ends');
    if (this.elements.length >= DEEPEST) rejectUnsafe('its parts are nested without end');
    if (!head.isMaster && head.size > LONGEST_LEAF) rejectUnsafe('one of its parts claims an absurd size');
    const parent = this.elements.at(-1);
    if (parent && end > parent.end && end !== Infinity) rejectUnsafe('one of its parts is larger than what holds it');
  }

  open(id: number, end: number): void {
    this.elements.push({ id, end });
    this.clusters += id === EBML.cluster ? 1 : 0;
    this.reading.enter(id);
  }

  reachesBeyond(size: number): boolean {
    return this.elements.some(({ end }) => end !== Infinity && end > size);
  }

  private close(): void {
    const { id } = this.elements.pop()!;
    this.clusters -= id === EBML.cluster ? 1 : 0;
    this.reading.leave(id);
  }

  /** A cluster of unknown size ends where something begins that cannot be inside it. */
  private endsOpenCluster({ id }: ElementHead): boolean {
    const parent = this.elements.at(-1);
    return parent?.id === EBML.cluster && parent.end === Infinity && SEGMENT_CHILDREN.has(id);
  }
}

function isText({ id }: ElementHead): boolean {
  return id === EBML.docType || id === EBML.codecId;
}

/** `bytes` starts at the element's head and holds all that matters of a number or a block. */
function readLeaf(reading: MatroskaReading, head: ElementHead, bytes: Buffer): void {
  const payload = bytes.subarray(head.headBytes, head.headBytes + head.size);
  if (head.id === EBML.encryptedBlock) rejectEncrypted();
  if (head.id === EBML.simpleBlock || head.id === EBML.block) reading.block(head.id, payload, head.size);
  else if (head.size <= 8) reading.number(head.id, readUnsigned(payload));
}
