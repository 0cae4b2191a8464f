import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import type { StoredMetadata } from '#kernel/event.js';
import { openPool } from '#platform/database/database.js';
import type { LogPage } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';

/** Something that keeps events. */
export interface Appender {
  /** Adds `count` events of 500 bytes, numbered from `first`, to a stream that has `version` + 1 of them. */
  append(stream: string, version: number, count: number, first?: number): Promise<void>;
  close(): Promise<void>;
}

/** Something that can be followed too. */
export interface Contestant extends Appender {
  /** Hands out the numbers of all events there are, then of those that come. */
  follow(heard: (numbers: number[]) => void): Promise<{ stop(): Promise<void> }>;
}

export const WRITERS = 8;

const TYPE = 'RecordingRequested';
export const META: StoredMetadata = {
  actor: { kind: 'member', id: 'a0b1c2d3-0000-4000-8000-000000000001' },
  workspaceId: 'a0b1c2d3-0000-4000-8000-000000000002',
  correlationId: 'a0b1c2d3-0000-4000-8000-000000000003',
  causationId: 'a0b1c2d3-0000-4000-8000-000000000004',
};

/** The data of one event: 500 bytes as JSON. */
export function payload(n: number): Record<string, unknown> {
  const data = { n, requestId: randomUUID(), text: '' };
  return { ...data, text: 'x'.repeat(500 - JSON.stringify(data).length) };
}

export function newEvents(count: number, first = 0) {
  return Array.from({ length: count }, (_, n) => ({
    eventId: randomUUID(),
    type: TYPE,
    schemaVersion: 1,
    at: new Date(),
    data: payload(first + n),
    meta: META,
    sealed: [],
  }));
}

/** The store as it runs in the product, sequencing included. */
export function ourStore(url: string): Contestant {
  const pool = openPool(url, WRITERS + 2);
  const store = new PostgresEventStore(pool);
  return {
    append: async (stream, version, count, first) =>
      void (await store.append(stream, version < 0 ? 'no_stream' : version, newEvents(count, first))),
    async follow(heard) {
      const onPage = async ({ events }: LogPage) => heard(events.map(({ data }) => data.n as number));
      const subscription = store.subscribe(-1n, { onPage });
      return { stop: () => subscription.close() };
    },
    close: () => store.close().then(() => pool.end()),
  };
}

/** The least that keeps an event: one prepared INSERT of the same columns into a table with a primary key and no other index. */
export async function rawInsert(url: string): Promise<Appender> {
  const pool = openPool(url, WRITERS + 2);
  await pool.query(`CREATE TABLE IF NOT EXISTS public.raw_event (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream text NOT NULL, version bigint NOT NULL, event_id uuid NOT NULL, type text NOT NULL, schema_version smallint NOT NULL,
    at timestamptz NOT NULL, data text NOT NULL, meta text NOT NULL)`);
  return {
    async append(stream, version, count) {
      const values = newEvents(count).flatMap((event, n) => [
        stream,
        version + 1 + n,
        event.eventId,
        event.type,
        event.schemaVersion,
        event.at.toISOString(),
        JSON.stringify(event.data),
        JSON.stringify(event.meta),
      ]);
      const row = (n: number) => `(${Array.from({ length: 8 }, (_, column) => `$${n * 8 + column + 1}`).join(', ')})`;
      const rows = Array.from({ length: count }, (_, n) => row(n)).join(', ');
      const text = `INSERT INTO public.raw_event (stream, version, event_id, type, schema_version, at, data, meta) VALUES ${rows}`;
      await pool.query({ name: `raw.${count}`, text, values });
    },
    close: () => pool.end(),
  };
}

/** The best-known event store on Node and PostgreSQL, as its documentation sets it up. */
export async function emmett(url: string): Promise<Contestant> {
  const pool = openPool(url, WRITERS + 2);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  return {
    async append(stream, version, count, first = 0) {
      const events = Array.from({ length: count }, (_, n) => ({
        type: TYPE,
        data: payload(first + n),
        metadata: META,
      }));
      const expectedStreamVersion = version < 0 ? ('STREAM_DOES_NOT_EXIST' as const) : BigInt(version + 1);
      await store.appendToStream(stream, events, { expectedStreamVersion });
    },
    async follow(heard) {
      const consumer = store.consumer();
      const eachMessage = ({ data }: { data: Record<string, unknown> }) => heard([data.n as number]);
      consumer.reactor({ processorId: 'bench', startFrom: 'BEGINNING', eachMessage });
      void consumer.start();
      return { stop: () => consumer.close() };
    },
    close: () => store.close().then(() => pool.end()),
  };
}
