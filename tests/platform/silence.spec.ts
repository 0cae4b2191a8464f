import { ChannelListener } from '#platform/database/channel-listener.js';
import { Database, openPool } from '#platform/database/database.js';
import { waitingAtMost } from '#platform/database/answer-deadline.js';
import { NestedCheckOut } from '#platform/database/check-outs.js';
import { isDatabaseAway } from '#platform/database/database-away.js';
import { Gathering } from '#platform/database/gathering.js';
import { eventually } from '../support/eventually.js';
import { startProxy, type Proxy } from '../support/tcp-proxy.js';

const url = process.env.TEST_DATABASE_URL!;
const used = new AsyncDisposableStack();
let wire: Proxy;
beforeAll(async () => void (wire = used.adopt(await startProxy(new URL(url)), (one) => one.stop())));
afterAll(() => used.disposeAsync());

const poolOf = (max: number, to = url) => used.adopt(openPool(to, max), (one) => one.end());
const hasty = <T>(work: () => Promise<T>) => waitingAtMost(100, work);

describe('a line to PostgreSQL that falls silent', () => {
  it('is given up and no more used, and the next call finds another', async () => {
    const pool = poolOf(1, wire.through(url));
    await pool.query('SELECT 1');
    wire.freeze('present');
    const error = await hasty(() => pool.query('SELECT 1')).catch((thrown: unknown) => thrown);
    expect(isDatabaseAway(error)).toBe(true);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('in the middle of a transaction is given up with it, and does not return to the pool', async () => {
    const pool = poolOf(1, wire.through(url));
    const broken = new Database(pool).transaction<object, void>(async (rows) => {
      await rows.selectNoFrom((eb) => eb.lit(1).as('one')).execute();
      wire.freeze('present');
      await hasty(() => rows.selectNoFrom((eb) => eb.lit(1).as('one')).execute());
    });
    expect(isDatabaseAway(await broken.catch((thrown: unknown) => thrown))).toBe(true);
    expect(pool.totalCount).toBe(0);
  });

  it('is not what a process takes for one that stood still itself while the answer came', async () => {
    const pool = poolOf(1);
    await pool.query('SELECT 1');
    const answered = hasty(() => pool.query('SELECT 1 AS one'));
    await new Promise(setImmediate);
    for (const end = performance.now() + 300; performance.now() < end;);
    expect((await answered).rows).toEqual([{ one: 1 }]);
  });

  it('while it only listens is found out, and what is said on another is heard', async () => {
    const pool = poolOf(1, wire.through(url));
    const heard: string[] = [];
    const listening = jest.fn();
    const hearing = { heard: (payload: string) => void heard.push(payload), listening };
    const listener = used.adopt(new ChannelListener(pool, 'silence', hearing, 100), (one) => one.close());
    await eventually(() => expect(listening).toHaveBeenCalledTimes(1));
    wire.freeze('present');
    await eventually(() => expect(listening).toHaveBeenCalledTimes(2));
    await poolOf(1).query(`NOTIFY silence, 'again'`);
    await eventually(() => expect(heard).toEqual(['again']));
    await listener.close();
  });

  it('holds up nobody who asks about something else', async () => {
    const pool = poolOf(2, wire.through(url));
    await pool.query('SELECT 1');
    const asked: (readonly string[])[] = [];
    const ask = async (calls: readonly string[]) => {
      asked.push(calls);
      const { rows } = await pool.query<{ call: string }>('SELECT unnest($1::text[]) AS call', [calls]);
      return rows.map(({ call }) => `${call}!`);
    };
    const gathering = new Gathering(ask, (call) => call[0]);
    wire.freeze('present');
    const silent = waitingAtMost(2_000, () => gathering.call('a1')).catch(isDatabaseAway);
    const others = ['a2', 'b1', 'c1'].map((call) => gathering.call(call));
    expect(await Promise.race([silent, Promise.all(others.slice(1))])).toEqual(['b1!', 'c1!']);
    expect([await silent, await others[0]]).toEqual([true, 'a2!']);
    expect(asked).toEqual([['a1'], ['b1', 'c1'], ['a2']]);
  });
});

describe('a server that works', () => {
  it('ends by itself what waits for a lock, what takes too long, and who holds a transaction open in silence', async () => {
    const set = (await poolOf(1).query('SELECT name, setting FROM pg_settings WHERE name LIKE $1', ['%timeout'])).rows;
    const at = Object.fromEntries(set.map(({ name, setting }) => [name, Number(setting)]));
    expect(at).toMatchObject({ lock_timeout: 2_000, statement_timeout: 9_000, tcp_user_timeout: 10_000 });
    expect(at).toMatchObject({ idle_in_transaction_session_timeout: 8_000, idle_session_timeout: 0 });
    const short = poolOf(1, `${url}?options=${encodeURIComponent('-c statement_timeout=50')}`);
    expect(isDatabaseAway(await short.query('SELECT pg_sleep(5)').catch((thrown: unknown) => thrown))).toBe(true);
    const slow = new Database(short).longTransaction(async (rows) => {
      await rows.selectNoFrom((eb) => eb.fn('pg_sleep', [eb.lit(0.1 as never)]).as('slept')).execute();
      return 'done';
    });
    expect(await slow).toBe('done');
  });
});

describe('a query through the pool inside a transaction', () => {
  it('is refused, whoever asks it, and after the transaction is none', async () => {
    const pool = poolOf(2);
    const database = new Database(pool);
    const later = Promise.withResolvers<void>();
    let afterwards: Promise<unknown> | undefined;
    await database.transaction<object, void>(async () => {
      await expect(pool.query('SELECT 1')).rejects.toThrow(NestedCheckOut);
      await expect(
        database
          .of()
          .selectNoFrom((eb) => eb.lit(1).as('one'))
          .execute(),
      ).rejects.toThrow(NestedCheckOut);
      await expect(database.transaction(async () => 'inner')).rejects.toThrow(NestedCheckOut);
      afterwards = later.promise.then(() => pool.query('SELECT 1'));
    });
    later.resolve();
    await afterwards;
  });

  it('is not what somebody else asks who gets the connection of one that ended, nor is their time theirs', async () => {
    const pool = poolOf(1);
    const waiting = Promise.withResolvers<Promise<unknown>>();
    const held = hasty(async () => {
      const client = await pool.connect();
      await eventually(() => expect(pool.waitingCount).toBe(1));
      client.release();
    });
    waiting.resolve(pool.query('SELECT pg_sleep(0.6)'));
    await held;
    await await waiting.promise;
  });
});

/** A database that takes a turn of the event loop, and remembers what was asked together. */
function turnwise() {
  const asked: (readonly string[])[] = [];
  const ask = async (calls: readonly string[]) => {
    asked.push(calls);
    await new Promise(setImmediate);
    if (calls.includes('poison')) throw new Error('the database has gone');
    return calls.map((call) => `${call}!`);
  };
  return { asked, ask };
}

describe('calls that gather', () => {
  it('asks the first call at once and the others together, and gives each its own answer', async () => {
    const { asked, ask } = turnwise();
    const gathering = new Gathering(ask);
    const answers = await Promise.all(['a', 'b', 'c'].map((call) => gathering.call(call)));
    expect(answers).toEqual(['a!', 'b!', 'c!']);
    expect(asked).toEqual([['a'], ['b', 'c']]);
  });

  it('never asks two calls about one subject together', async () => {
    const { asked, ask } = turnwise();
    const gathering = new Gathering(ask, (call) => call[0]);
    await Promise.all(['x', 'a1', 'a2', 'b1'].map((call) => gathering.call(call)));
    expect(asked).toEqual([['x'], ['a1', 'b1'], ['a2']]);
  });

  it('asks at most 64 calls together', async () => {
    const { asked, ask } = turnwise();
    const gathering = new Gathering(ask);
    await Promise.all(Array.from({ length: 66 }, (_, index) => gathering.call(`${index}`)));
    expect(asked.map((calls) => calls.length)).toEqual([1, 64, 1]);
  });

  it('fails the calls that went together, and goes on with the next', async () => {
    const gathering = new Gathering(turnwise().ask);
    const answers = await Promise.allSettled(['a', 'poison', 'c'].map((call) => gathering.call(call)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await gathering.call('d')).toBe('d!');
  });
});
