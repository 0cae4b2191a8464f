import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { apiKeyList } from '#modules/identity/projections/api-key-list.js';
import { memberList } from '#modules/identity/projections/member-list.js';
import { Database } from '#platform/database/database.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';
import { schemaAndTable, type Projection } from '#platform/projections/projection.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const [workspaceId, subject] = [randomUUID(), randomUUID()];

function log(category: string, ...events: [type: string, data: Record<string, unknown>][]): RecordedEvent[] {
  return events.map(([type, data], version) => ({
    eventId: randomUUID(),
    stream: `${category}-${subject}`,
    type,
    version,
    position: BigInt(version),
    schemaVersion: 1,
    at: new Date(Date.UTC(2026, 0, 1, 0, version)),
    data,
    meta: {
      actor: { kind: 'system', id: 'test' },
      workspaceId,
      correlationId: randomUUID(),
      causationId: randomUUID(),
    },
    sealed: version === 0 ? [{ subject, digest: '', blob: Buffer.from('sealed') }] : [],
  }));
}

/** Builds the rows from nothing, as a rebuild does. */
async function rowsAfter(projection: Projection, events: readonly RecordedEvent[]): Promise<unknown[]> {
  const schema = `p_${randomUUID().replaceAll('-', '')}`;
  const database = new Database(fresh.pool).of<Record<string, Record<string, unknown>>>();
  return database.transaction().execute(async (transaction) => {
    await sql`CREATE SCHEMA ${sql.id(schema)}`.execute(transaction);
    await sql`SET LOCAL search_path = ${sql.id(schema)}`.execute(transaction);
    await sql.raw(projection.ddl).execute(transaction);
    for (const event of events) await projection.apply([event], transaction.withSchema(schema), schema);
    return transaction.withSchema(schema).selectFrom(schemaAndTable(projection.place).table).selectAll().execute();
  });
}

describe('the list of members', () => {
  const events = log(
    'member',
    ['MemberAdded', { memberId: subject, workspaceId, role: 'agent' }],
    ['MemberRoleChanged', { memberId: subject, role: 'admin' }],
    ['MemberPasswordChanged', { memberId: subject, how: 'by_member' }],
    ['MemberRemoved', { memberId: subject }],
  );

  it('follows the member, at every version, with the personal part still sealed', async () => {
    const at = async (count: number) => (await rowsAfter(memberList, events.slice(0, count)))[0];
    expect(await at(1)).toMatchObject({ role: 'agent', removed: false, version: 0, added_at: events[0]!.at });
    expect(await at(2)).toMatchObject({ role: 'admin', version: 1 });
    expect(await at(3)).toMatchObject({ role: 'admin', version: 2 });
    expect(await at(4)).toMatchObject({ removed: true, version: 3 });
    const { person } = (await at(4)) as { person: string };
    expect(JSON.parse(person)).toMatchObject({ subject, type: 'MemberAdded', event: events[0]!.eventId });
  });

  it('is the same however often it is built, and unharmed by a change that is applied twice', async () => {
    const [once, twice] = [await rowsAfter(memberList, events), await rowsAfter(memberList, events)];
    expect(twice).toEqual(once);
    expect(await rowsAfter(memberList, [...events, events[3]!])).toEqual(once);
  });
});

describe('the list of API keys', () => {
  it('holds the keys that are in force', async () => {
    const events = log(
      'api_key',
      ['ApiKeyIssued', { keyId: subject, workspaceId, scopes: ['recordings:read'] }],
      ['ApiKeyRevoked', { keyId: subject }],
    );
    const rows = await rowsAfter(apiKeyList, events.slice(0, 1));
    expect(rows).toMatchObject([
      { id: subject, holder_id: null, scopes: ['recordings:read'], issued_at: events[0]!.at },
    ]);
    expect(await rowsAfter(apiKeyList, events)).toEqual([]);
    expect(await rowsAfter(apiKeyList, [...events, events[1]!])).toEqual([]);
  });
});
