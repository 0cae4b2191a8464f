import { WrongExpectedVersion } from '#platform/event-store/event-store.js';
import type { EventStore, LogPage, NewEvent } from '#platform/event-store/event-store.js';
import {
  appendSurely,
  idsOf,
  newEvent,
  newEvents,
  newStream,
  newType,
  until,
  upTo,
  versionsByStream,
} from './event-fixtures.js';
import type { ContractContext } from './event-store.contract.js';
import { LogReader } from './log-reader.js';
import { positioned } from './reading.contract.js';

const MANY = 100_000;

export function followingContract({ store, ground }: ContractContext): void {
  it('catches up with what was, then follows what comes, also from another process', async () => {
    const [after, stream, type, other] = [await store().head(), newStream(), newType(), ground().open()];
    const [before, here, there] = [newEvents(30, type), newEvents(3, type), newEvents(3, type)];
    await store().append(stream, 'no_stream', before);
    const reader = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 10 });
    await reader.has(30);
    await store().append(stream, 29, here);
    await other.append(stream, 32, there);
    await reader.has(36);
    expect(idsOf(reader.events)).toEqual(idsOf([...before, ...here, ...there]));
    await reader.subscription.close();
    await other.close();
  });

  it('goes on from a remembered position without a gap or a repetition', async () => {
    const [after, stream, type] = [await store().head(), newStream(), newType()];
    const events = newEvents(20, type);
    await store().append(stream, 'no_stream', events);
    const first = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 6 });
    await first.has(6);
    await first.subscription.close();
    const second = new LogReader(store(), first.next, { filter: { types: [type] } });
    await second.has(20 - first.events.length);
    expect(idsOf([...first.events, ...second.events])).toEqual(idsOf(events));
    await second.subscription.close();
  });

  it('tells a filtered reader how far the log was scanned, though nothing matched', async () => {
    const stream = newStream();
    const reader = new LogReader(store(), await store().head(), { filter: { types: [newType()] } });
    await store().append(stream, 'no_stream', newEvents(50));
    const last = await positioned(store(), stream, 49);
    await until('the reader passed over them', () => reader.next >= last);
    expect(reader.events).toEqual([]);
    await reader.subscription.close();
  });

  it('hands out one page at a time, no larger than asked for, to a slow reader', async () => {
    const [after, stream, type] = [await store().head(), newStream(), newType()];
    await store().append(stream, 'no_stream', newEvents(40, type));
    let [inHand, most] = [0, 0];
    const onPage = async () => {
      most = Math.max(most, ++inHand);
      await new Promise((resolve) => setTimeout(resolve, 3));
      inHand--;
    };
    const reader = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 4, onPage });
    await reader.has(40);
    expect(most).toBe(1);
    expect(Math.max(...reader.pages.map((page) => page.events.length))).toBeLessThanOrEqual(4);
    await reader.subscription.close();
  });

  it('stops loudly at an event its reader cannot handle, and skips nothing', async () => {
    const [after, stream, type] = [await store().head(), newStream(), newType()];
    const events = [...newEvents(3, type), newEvent(type, { poison: true }), ...newEvents(3, type)];
    const poison = new Error('poison');
    const onPage = async (page: LogPage) => {
      if (page.events.some((event) => event.data.poison)) throw poison;
    };
    await store().append(stream, 'no_stream', events);
    const reader = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 1, onPage });
    await until('it stopped', () => reader.stopped !== undefined);
    expect(reader.stopped).toEqual({ error: poison });
    expect(idsOf(reader.events)).toEqual(idsOf(events.slice(0, 3)));
    await reader.subscription.close();
  });

  it('finishes the page in hand when closed, then is silent', async () => {
    const [after, stream, type] = [await store().head(), newStream(), newType()];
    await store().append(stream, 'no_stream', newEvents(10, type));
    let [release, entered] = [() => {}, false];
    const held = new Promise<void>((resolve) => (release = resolve));
    const onPage = () => ((entered = true), held);
    const reader = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 2, onPage });
    await until('a page is in hand', () => entered);
    let closed = false;
    const closing = reader.subscription.close().then(() => (closed = true));
    await store().append(stream, 9, newEvents(1, type));
    expect(closed).toBe(false);
    release();
    await closing;
    expect(reader.pages).toHaveLength(1);
    expect(reader.stopped).toEqual({ error: undefined });
  });

  it('survives broken connections: everything once, in order', async () => {
    const [after, stream, type] = [await store().head(), newStream(), newType()];
    const events = newEvents(200, type);
    const reader = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 7 });
    for (let n = 0; n < events.length; n += 10) {
      await appendSurely(store(), stream, n === 0 ? 'no_stream' : n - 1, events.slice(n, n + 10));
      if (n % 50 === 0) await ground().breakConnections();
    }
    await reader.has(200);
    await ground().breakConnections();
    const afterwards = newEvents(3, type);
    await appendSurely(store(), stream, 199, afterwards);
    await reader.has(203);
    expect(idsOf(reader.events)).toEqual(idsOf([...events, ...afterwards]));
    expect(reader.stopped).toBeUndefined();
    await reader.subscription.close();
  });

  it('shows everything once and every stream in order while 16 writers race', async () => {
    const [after, type] = [await store().head(), newType()];
    const stores = [store(), ground().open()];
    const shared = [newStream(), newStream()];
    const reader = new LogReader(stores[1]!, after, { filter: { types: [type] }, pageSize: 20 });
    const written = await Promise.all(upTo(16).map((n) => race(stores[n % 2]!, [newStream(), ...shared], type)));
    const ids = written.flat();
    await reader.has(ids.length);
    expect(idsOf(reader.events).sort()).toEqual(ids.sort());
    for (const versions of versionsByStream(reader.events).values()) expect(versions).toEqual(upTo(versions.length));
    await reader.subscription.close();
    await stores[1]!.close();
  }, 60_000);

  it(`replays ${MANY} events`, async () => {
    const [after, type] = [await store().head(), newType()];
    const ids = await ground().fill(type, MANY);
    const reader = new LogReader(store(), after, { filter: { types: [type] }, pageSize: 1_000 });
    await until('all are read', () => reader.events.length >= MANY || reader.stopped !== undefined, 150_000);
    expect(reader.events.findIndex((event, n) => event.eventId !== ids[n])).toBe(-1);
    expect(reader.events).toHaveLength(MANY);
    await reader.subscription.close();
  }, 180_000);
}

/** Appends 30 times, to streams of its own and to shared ones, deciding anew whenever another was faster. Answers the ids written. */
async function race(store: EventStore, streams: string[], type: string): Promise<string[]> {
  const ids: string[] = [];
  const versions = new Map<string, number>();
  for (let turn = 0; turn < 30; turn++) {
    const events: NewEvent[] = newEvents(1 + (turn % 3), type);
    ids.push(...idsOf(events));
    const stream = streams[turn % streams.length]!;
    for (let last = versions.get(stream) ?? -1; ;)
      try {
        versions.set(stream, (await store.append(stream, last < 0 ? 'no_stream' : last, events)).version);
        break;
      } catch (error) {
        if (!(error instanceof WrongExpectedVersion)) throw error;
        last = error.actual;
      }
  }
  return ids;
}
