import type { ClientBase } from 'pg';
import { appendStatement } from '#platform/event-store/append-statement.js';
import { newEvent } from './event-fixtures.js';

/** Appends without a store, so that a test decides when the transaction ends. Answers the event's id. */
export async function rawAppend(client: Pick<ClientBase, 'query'>, stream: string, expected: number): Promise<string> {
  const event = newEvent('Raw');
  const { rowCount } = await client.query(appendStatement(stream, expected, [event]));
  if (rowCount === 0) throw new Error(`${stream} is not at ${expected}`);
  return event.eventId;
}
