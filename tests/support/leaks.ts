import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';

/** Every spelling in which words could lie about: as they are, in hex (as PostgreSQL prints bytes), in any base64. */
export function spellingsOf(words: string): string[] {
  const bytes = Buffer.from(words);
  // Base64 depends on where in a triple the words begin; what depends on their neighbours is left out.
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift ? shift + 1 : 0, -1);
  });
  return [
    words,
    bytes.toString('hex'),
    ...shifted,
    ...shifted.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_')),
  ];
}

/** Tables of all schemas in which any of these words occur, in whatever column. */
export async function tablesWith(pool: Pool, words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    found.push(...wordsIn(rows.map(({ text }) => text).join('\n'), words).map((word) => `${name}: ${word}`));
  }
  return found;
}

/** Files below a directory in which any of these words occur. */
export async function filesWith(directory: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.push(...wordsIn(await readFile(path, 'latin1'), words).map((word) => `${path}: ${word}`));
  }
  return found;
}

/** Segments of the write-ahead log from a position on (`pg_current_wal_lsn`) in which any of these words occur. */
export async function walWith(pool: Pool, since: string, words: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ directory: string; first: string; last: string }>(
    `SELECT current_setting('data_directory') AS directory, pg_walfile_name($1) AS first,
       pg_walfile_name(pg_current_wal_lsn()) AS last`,
    [since],
  );
  const { directory, first, last } = rows[0]!;
  const found: string[] = [];
  for (const name of await readdir(join(directory, 'pg_wal'))) {
    if (name < first || name > last || !/^[0-9A-F]{24}$/.test(name)) continue;
    found.push(
      ...wordsIn(await readFile(join(directory, 'pg_wal', name), 'latin1'), words).map((word) => `WAL: ${word}`),
    );
  }
  return found;
}

export function wordsIn(text: string, words: readonly string[]): string[] {
  return words.filter((word) => spellingsOf(word).some((spelling) => text.includes(spelling)));
}
