import { rejectEncrypted, rejectUnsafe } from '../media-errors.js';

const CONTAINERS: ReadonlySet<string> = new Set(
  'moov trak mdia minf dinf stbl edts udta mvex moof traf sinf schi gmhd tref'.split(' '),
);
/** Other files, compressed headers: nothing a recorder writes, everything an attacker likes. */
const REFERENCES: ReadonlySet<string> = new Set(['rmra', 'rmda', 'rdrf', 'cmov', 'cmvd']);
const PROTECTION: ReadonlySet<string> = new Set(['pssh', 'sinf', 'tenc', 'schm']);
const DEEPEST = 10;
const MOST_BOXES = 100_000;

export interface BoxHead {
  readonly type: string;
  readonly headBytes: number;
  /** Whole box; Infinity when it reaches to the end of the file. */
  readonly size: number;
}

/** Reads a box's size and type; null when the bytes are too few or make no sense. */
export function readBoxHead(bytes: Buffer): BoxHead | null {
  if (bytes.length < 8) return null;
  const type = bytes.toString('latin1', 4, 8);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return null;
  const declared = bytes.readUInt32BE(0);
  if (declared === 0) return { type, headBytes: 8, size: Infinity };
  if (declared !== 1) return declared >= 8 ? { type, headBytes: 8, size: declared } : null;
  if (bytes.length < 16) return null;
  const size = Number(bytes.readBigUInt64BE(8));
  return size >= 16 ? { type, headBytes: 16, size } : null;
}

/** Calls back for every box inside `body`, parents first, with what follows the box's head. */
export function visitBoxes(body: Buffer, visit: (type: string, body: Buffer) => void): void {
  let boxes = 0;
  const descend = (part: Buffer, depth: number): void => {
    if (depth > DEEPEST) rejectUnsafe('its parts are nested without end');
    for (let position = 0; position + 8 <= part.length;) {
      const head = readBoxHead(part.subarray(position));
      // QuickTime ends a list of user data with four zero bytes.
      if (!head) return;
      const end = head.size === Infinity ? part.length : position + head.size;
      if (end > part.length) rejectUnsafe('one of its parts is larger than what holds it');
      if (++boxes > MOST_BOXES) rejectUnsafe('its header never ends');
      refuseDangerous(head.type);
      const inner = part.subarray(position + head.headBytes, end);
      visit(head.type, inner);
      if (CONTAINERS.has(head.type)) descend(inner, depth + 1);
      position = end;
    }
  };
  descend(body, 0);
}

export function refuseDangerous(type: string): void {
  if (REFERENCES.has(type)) rejectUnsafe('it refers to other files or hides its header');
  if (PROTECTION.has(type)) rejectEncrypted();
}

/** Every sample must lie in the file itself: each data reference carries the flag that says so, and no address. */
export function checkDataReferences(dref: Buffer): void {
  visitBoxes(dref.subarray(8), (type, entry) => {
    const selfContained = entry.length >= 4 && (entry.readUInt32BE(0) & 1) === 1 && entry.length <= 5;
    // QuickTime calls it `alis`.
    if (!['url ', 'alis'].includes(type) || !selfContained) rejectUnsafe('it refers to other files');
  });
}
