import './runes.js';
import { Unanswered, waitBeforeAsking, whenBack } from '../../frontend/src/lib/agent/ask-again.js';
import { PagedList } from '../../frontend/src/lib/agent/paged-list.svelte.js';
import { ApiProblem, problemFrom, Unreachable } from '../../frontend/src/lib/api/problem.js';

const away = (seconds?: number) => problemFrom(503, null, seconds ? `${seconds}` : null);
const gone = problemFrom(404, null);

/** Goes on when it is told to. */
class Timers {
  waiting: { run: () => void; ms: number }[] = [];
  random = () => 0;
  set = (run: () => void, ms: number) => {
    const timer = { run, ms };
    this.waiting.push(timer);
    return timer;
  };
  clear = (timer: unknown) => void (this.waiting = this.waiting.filter((other) => other !== timer));

  async goOff(): Promise<void> {
    for (const { run } of this.waiting.splice(0)) run();
    await new Promise(setImmediate);
  }
}

describe('what failed while the server was away', () => {
  it.each([
    ['what the server asks for', away(20), 0, 20_000],
    ['up to half as long again', away(20), 1, 30_000],
    ['five seconds of itself', away(), 0, 5000],
    ['five seconds without a line', new Unreachable(), 0, 5000],
    ['no longer than a timer counts', away(9_999_999), 0, 600_000],
    ['for nothing that stays', gone, 0, null],
    ['for no fault', new TypeError('a fault of ours'), 0, null],
  ])('waits %s', (_, failure, random, ms) => expect(waitBeforeAsking(failure, random)).toBe(ms));

  it('is asked again once, unless that is called off', async () => {
    const timers = new Timers();
    let asked = 0;
    const callOff = [away(3), away(3), gone].map((failure) => whenBack(failure, () => asked++, timers));
    expect(timers.waiting.map(({ ms }) => ms)).toEqual([3000, 3000]);
    callOff[0]!();
    await timers.goOff();
    expect([asked, timers.waiting]).toEqual([1, []]);
  });
});

describe('a list on the screen', () => {
  type Item = { id: string; status: string; at: string };
  const at = '2026-01-01T00:00:00Z';

  /** A server that is away whenever `failing` says so. */
  async function shown() {
    const timers = new Timers();
    const server = { failing: null as ApiProblem | Unreachable | null, items: [] as Item[], asked: [] as string[] };
    server.items = ['a', 'b'].map((id) => ({ id, status: 'processing', at }));
    const ask = (what: string) => {
      server.asked.push(what);
      if (server.failing) throw server.failing;
    };
    const source = {
      page: async () => (ask('page'), { items: server.items, nextCursor: null }),
      one: async (id: string, after?: string) => (ask(`${id} ${after}`), server.items.find((item) => item.id === id)!),
      at: (item: Item) => item.at,
      matches: () => true,
    };
    const list = new PagedList<Item>(source, new Unanswered(timers));
    await list.load();
    const happens = (status: string) => (server.items = server.items.map((item) => ({ ...item, status })));
    const statuses = () => list.items.map(({ status }) => status);
    return { timers, server, list, happens, statuses };
  }

  it('learns of changes that could not be asked for, each once, however long the server is away', async () => {
    const { timers, server, list, happens, statuses } = await shown();
    happens('ready');
    server.failing = away(2);
    for (const [id, after] of [['a', '1'], ['b', '2'], ['a', '3']]) await list.changed(id!, after); // prettier-ignore
    expect(statuses()).toEqual(['processing', 'processing']);
    await timers.goOff();
    Object.assign(server, { failing: null, asked: [] });
    await timers.goOff();
    expect(server.asked).toEqual(['a 3', 'b 2']);
    expect(statuses()).toEqual(['ready', 'ready']);
    expect(timers.waiting).toEqual([]);
  });

  it('looks again from the top, too, once it can', async () => {
    const { timers, server, list, happens, statuses } = await shown();
    happens('ready');
    server.failing = new Unreachable();
    await list.refresh();
    server.failing = null;
    await timers.goOff();
    expect(statuses()).toEqual(['ready', 'ready']);
  });

  it('asks no more for what stays away, once it is loaded anew, or when it is left', async () => {
    const { timers, server, list } = await shown();
    server.failing = problemFrom(403, null);
    await list.changed('a');
    expect(timers.waiting).toEqual([]);
    for (const leave of [() => list.load(), async () => list.stop()]) {
      server.failing = away(2);
      await list.changed('a');
      expect(timers.waiting).toHaveLength(1);
      server.failing = null;
      await leave();
      expect(timers.waiting).toEqual([]);
    }
  });
});
