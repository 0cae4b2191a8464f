import { randomUUID } from 'node:crypto';
import { ConsumerMetrics } from '#platform/consumers/consumer-metrics.js';
import { Database } from '#platform/database/database.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { Metrics } from '#platform/telemetry/metrics.js';
import { newEvent } from '../contracts/event-store/event-fixtures.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

let fresh: FreshDatabase;
let store: PostgresEventStore;
const metrics = new Metrics();

beforeAll(async () => {
  fresh = await freshDatabase();
  store = new PostgresEventStore(fresh.pool);
  new ConsumerMetrics(metrics, store, new Database(fresh.pool));
});

afterAll(async () => {
  metrics.onModuleDestroy();
  await store.close();
  await fresh.drop();
});

it('shows operators how far each consumer is behind, and which one stands', async () => {
  await fresh.pool.query(`INSERT INTO platform.consumer (name, version, status, position, parked_at) VALUES
    ('a.serving', 1, 'serving', 2, NULL), ('b.parked', 1, 'building', -1, 0)`);
  const events = Array.from({ length: 3 }, () => newEvent('Counted'));
  await store.append(`metrics-${randomUUID()}`, 'no_stream', events);
  await eventually(async () => {
    const text = await metrics.registry.metrics();
    expect(text).toContain('consumer_lag_events{consumer="a.serving",status="serving"} 0');
    expect(text).toContain('consumer_lag_events{consumer="b.parked",status="building"} 3');
    expect(text).toContain('consumer_parked{consumer="a.serving",status="serving"} 0');
    expect(text).toContain('consumer_parked{consumer="b.parked",status="building"} 1');
  });
});
