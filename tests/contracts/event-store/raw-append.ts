import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';

/** Appends by SQL, so that a test decides when the transaction ends. Answers the event's id. */
export async function rawAppend(client: Pick<ClientBase, 'query'>, stream: string, expected: number): Promise<string> {
  const id = randomUUID();
  const { rows } = await client.query<{ appended: boolean }>(
    `SELECT appended FROM es.append($1, $2, ARRAY[$3::uuid], '{Raw}', '{1}', '{2026-01-01T00:00:00Z}', '{"{}"}', '{"{}"}',
       '{[]}', '{}', '{}', '{}', '{}')`,
    [stream, expected, id],
  );
  if (!rows[0]!.appended) throw new Error(`${stream} is not at ${expected}`);
  return id;
}
