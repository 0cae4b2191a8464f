import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { newEvent, newStream, sealedFor } from './event-fixtures.js';
import { positioned } from './reading.contract.js';

describe('what was recorded in PostgreSQL', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    const [store, stream] = [new PostgresEventStore(database.pool), newStream()];
    await store.append(stream, 'no_stream', [newEvent('Kept', {}, [sealedFor('s-1')])]);
    await positioned(store, stream, 0);
    await store.close();
  });
  afterAll(() => database.drop());

  const forbidden = [
    "UPDATE es.event SET data = '{}'",
    'DELETE FROM es.event',
    'TRUNCATE es.event',
    'UPDATE es.log SET position = position + 1',
    'DELETE FROM es.log',
    'TRUNCATE es.log',
    "UPDATE es.event_pii SET sealed = ''",
    'TRUNCATE es.event_pii',
    'DELETE FROM es.log_head',
    'TRUNCATE es.log_head',
  ];

  it.each(forbidden)('refuses %s, even to the owner', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(forbidden.slice(0, 6))('refuses %s, even where triggers are off', async (sql) => {
    const client = await database.pool.connect();
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    client.release(true);
  });
});
