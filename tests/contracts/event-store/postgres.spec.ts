import pg from 'pg';
import type { EventStore } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { freshDatabase } from '../../support/fresh-database.js';
import { eventStoreContract } from './event-store.contract.js';
import { fillByAppending } from './event-fixtures.js';
import type { Ground } from './ground.js';

eventStoreContract('PostgreSQL', postgresGround);

async function postgresGround(): Promise<Ground> {
  const database = await freshDatabase({ max: 40 });
  const stores: EventStore[] = [];
  return {
    open() {
      const store = new PostgresEventStore(database.pool);
      stores.push(store);
      return store;
    },
    async breakConnections() {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const cut =
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
      await client.query(cut);
      await client.end();
    },
    fill: (type, count) => fillByAppending(stores[0]!, type, count),
    async dispose() {
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    },
  };
}
