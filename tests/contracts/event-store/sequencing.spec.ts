import type { PoolClient } from 'pg';
import { eventually } from '../../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.js';
import { newStream, upTo } from './event-fixtures.js';
import { rawAppend } from './raw-append.js';

/** The sequencer step by step: no store runs here, `sequence()` is called by hand. */
describe('es.sequence', () => {
  let database: FreshDatabase;
  const open: PoolClient[] = [];
  beforeEach(async () => void (database = await freshDatabase()));
  afterEach(async () => {
    for (const client of open.splice(0)) client.release(true);
    await database.drop();
  });

  const sequence = async (max = 1000) =>
    (await database.pool.query<{ n: number }>('SELECT es.sequence($1) AS n', [max])).rows[0]!.n;
  const logged = async () => {
    const sql = `SELECT (l.position + e.seq - l.seq)::int AS position, e.event_id
      FROM es.log l JOIN es.event e ON e.seq >= l.seq AND e.seq < l.seq + l.length ORDER BY 1`;
    return (await database.pool.query<{ position: number; event_id: string }>(sql)).rows;
  };
  const loggedIds = async () => (await logged()).map((row) => row.event_id);
  const headRow = async () =>
    (await database.pool.query('SELECT scanned_seq::int AS scanned, undecided, xmin FROM es.log_head'))
      .rows[0] as Record<string, unknown>;
  async function transaction(): Promise<PoolClient> {
    const client = await database.pool.connect();
    open.push(client);
    await client.query('BEGIN');
    return client;
  }
  async function settle(): Promise<void> {
    for (const _ of upTo(4)) await sequence();
  }
  /** Gaps are forgotten once no transaction of the whole server could fill them: those of other databases count too. */
  const eventuallyForgets = (scanned: number) =>
    eventually(async () => {
      await sequence();
      expect(await headRow()).toMatchObject({ undecided: '{}', scanned });
    });

  it('puts a slow transaction where it committed, not where it began', async () => {
    const slow = await transaction();
    const late = await rawAppend(slow, newStream(), -1);
    const early = await rawAppend(database.pool, newStream(), -1);
    await settle();
    expect(await loggedIds()).toEqual([early]);
    await slow.query('COMMIT');
    expect(await sequence()).toBe(1);
    expect(await loggedIds()).toEqual([early, late]);
  });

  it('loses nothing of a transaction that took its id early and its numbers late', async () => {
    const slow = await transaction();
    await slow.query('SELECT pg_current_xact_id()');
    const ids = [await rawAppend(database.pool, newStream(), -1)];
    await settle();
    const late = await rawAppend(slow, newStream(), -1);
    await settle();
    ids.push(await rawAppend(database.pool, newStream(), -1));
    await settle();
    await slow.query('COMMIT');
    await settle();
    expect(await loggedIds()).toEqual([...ids, late]);
  });

  it('keeps positions gapless across what was rolled back, and forgets the gaps', async () => {
    const committed = [];
    for (const n of upTo(6)) {
      const client = await transaction();
      const id = await rawAppend(client, newStream(), -1);
      await client.query(n % 2 ? 'ROLLBACK' : 'COMMIT');
      if (n % 2 === 0) committed.push(id);
      await sequence();
    }
    await settle();
    const rows = await logged();
    expect(rows.map((row) => row.event_id)).toEqual(committed);
    expect(rows.map((row) => row.position)).toEqual(upTo(3));
    await eventuallyForgets(6);
  });

  it('forgets numbers that a crash of the server skipped', async () => {
    await database.pool.query("SELECT setval('es.event_seq', 33)");
    await settle();
    const id = await rawAppend(database.pool, newStream(), -1);
    await sequence();
    expect(await loggedIds()).toEqual([id]);
    await eventuallyForgets(34);
  });

  it('is not held up by a long transaction about something else', async () => {
    const long = await transaction();
    await long.query('CREATE TABLE public.elsewhere ()');
    const gone = await transaction();
    await rawAppend(gone, newStream(), -1);
    await gone.query('ROLLBACK');
    for (const n of upTo(3)) {
      await rawAppend(database.pool, newStream(), -1);
      expect(await sequence()).toBe(1);
      expect(await logged()).toHaveLength(n + 1);
    }
    expect(await headRow()).toMatchObject({ undecided: '{[1,2)}', scanned: 4 });
    await long.query('ROLLBACK');
    await eventuallyForgets(4);
  });

  it('forgets at once what a dump from an older cluster was waiting for, and loses nothing of its own', async () => {
    const ids = [await rawAppend(database.pool, newStream(), -1)];
    await settle();
    await database.pool.query(`SELECT setval('es.event_seq', 6001);
      UPDATE es.log_head SET scanned_seq = 6001, fence = '900000000000', (undecided, awaited) =
        (SELECT range_agg(int8range(n, n + 1)), range_agg(int8range(n, n + 1)) FROM generate_series(1001, 5001, 2) n)`);
    const slow = await transaction();
    await slow.query('SELECT pg_current_xact_id()');
    const late = await rawAppend(slow, newStream(), -1);
    await sequence();
    expect(await headRow()).toMatchObject({ undecided: '{[6002,6003)}' });
    await settle();
    await slow.query('COMMIT');
    await sequence();
    expect(await loggedIds()).toEqual([...ids, late]);
    await eventuallyForgets(6002);
  });

  it('writes nothing when there is nothing to do, nor while it can only wait', async () => {
    await rawAppend(database.pool, newStream(), -1);
    await settle();
    const idle = await headRow();
    await settle();
    expect(await headRow()).toEqual(idle);
    const slow = await transaction();
    await rawAppend(slow, newStream(), -1);
    await settle();
    const waiting = await headRow();
    await settle();
    expect(await headRow()).toEqual(waiting);
    await slow.query('COMMIT');
    expect(await sequence()).toBe(1);
  });

  it('takes a long backlog in parts, in order', async () => {
    const stream = newStream();
    const ids = [];
    for (const n of upTo(10)) ids.push(await rawAppend(database.pool, stream, n - 1));
    const slow = await transaction();
    const late = await rawAppend(slow, newStream(), -1);
    for (const taken of [4, 4, 2, 0]) expect(await sequence(4)).toBe(taken);
    await slow.query('COMMIT');
    expect(await sequence(4)).toBe(1);
    expect(await loggedIds()).toEqual([...ids, late]);
  });

  it.each([
    ['that has written before', 'BEGIN; SELECT pg_current_xact_id()'],
    ['with one snapshot throughout', 'BEGIN ISOLATION LEVEL REPEATABLE READ'],
  ])('refuses to run in a transaction %s', async (_, begin) => {
    await rawAppend(database.pool, newStream(), -1);
    const client = await transaction();
    await client.query(`ROLLBACK; ${begin}`);
    await expect(client.query('SELECT es.sequence(10)')).rejects.toThrow('transaction of its own');
  });
});
