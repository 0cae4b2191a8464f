import { refuse } from '#kernel/refusal.js';

/** One page of a list, and where the next begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The sort keys of the last row of a page. */
export type Position = readonly (string | number)[];

/** What one sort key must be. A `time` is ISO 8601 as `Date` writes it. */
export type SortKey = 'string' | 'number' | 'time' | 'uuid';

/** An opaque cursor. It holds sort keys only, never anything personal, and grants nothing: queries stay bound to the workspace. */
export function cursorOf(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads a cursor whose position has the given shape, for instance `['time', 'uuid']`: what comes back is fit for SQL.
 * @throws Refusal `CURSOR_INVALID` when it was not made by {@link cursorOf} for this list
 */
export function readCursor(cursor: string, shape: readonly SortKey[]): Position {
  const position = parsed(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === shape.length &&
    position.every((part, index) => FITS[shape[index]!](part));
  if (!fits) refuse('CURSOR_INVALID', 'This cursor is not one that this list returned.', 'invalid');
  return position as Position;
}

/** Makes a page of rows that were read with one more than `limit`, which tells whether there is a next page. */
export function pageOf<Row>(rows: readonly Row[], limit: number, positionOf: (row: Row) => Position): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(positionOf(last)) : null };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const FITS: Readonly<Record<SortKey, (part: unknown) => boolean>> = {
  string: (part) => typeof part === 'string' && !part.includes('\0'),
  number: (part) => typeof part === 'number',
  time: (part) => typeof part === 'string' && isTime(part),
  uuid: (part) => typeof part === 'string' && UUID.test(part),
};

/** Of the years that a database can think of as well: `Date` knows others, with a sign. */
function isTime(text: string): boolean {
  if (!/^(?!0000)\d{4}-/.test(text)) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

function parsed(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]{1,500}$/.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
