import type { EventStore, LogPage } from '#platform/event-store/event-store.js';
import { idsOf, newEvent, newEvents, newStream, newType, recorded, until, upTo } from './event-fixtures.js';
import type { ContractContext } from './event-store.contract.js';

export function readingContract({ store }: ContractContext): void {
  it('reads a stream from any version, and nothing where there is none', async () => {
    const [stream, events] = [newStream(), newEvents(5)];
    await store().append(stream, 'no_stream', events);
    expect(await store().readStream(stream, 3)).toEqual(recorded(stream, 3, events.slice(3)));
    expect(await store().readStream(stream, 5)).toEqual([]);
    expect(await store().readStream(newStream())).toEqual([]);
  });

  it('knows the position of each event, once it is in the log', async () => {
    const before = await store().head();
    const stream = newStream();
    await store().append(stream, 'no_stream', newEvents(3));
    const positions = await Promise.all(upTo(3).map((version) => positioned(store(), stream, version)));
    expect(positions[0]).toBeGreaterThan(before);
    expect(positions[1]).toBeGreaterThan(positions[0]!);
    expect(positions[2]).toBeGreaterThan(positions[1]!);
    expect(await store().head()).toBeGreaterThanOrEqual(positions[2]!);
    // What other tests wrote before may come into the log only now.
    const logged = await readAll(store(), before, (page) => page.next >= positions[2]!);
    const own = logged.events.filter((event) => event.stream === stream);
    expect(own.map(({ position }) => position)).toEqual(positions);
    const back = [positions[2]!, positions[0]!];
    expect((await store().readAt(back)).map(({ version }) => version)).toEqual([2, 0]);
    expect(await store().readAt([])).toEqual([]);
  });

  it('knows no position of what was never appended', async () => {
    const stream = newStream();
    expect(await store().positionOf(stream, 0)).toBeNull();
    await store().append(stream, 'no_stream', newEvents(1));
    expect(await store().positionOf(stream, 1)).toBeNull();
  });

  it('pages through the log without a gap or a repetition, whatever the size of a page', async () => {
    const after = await store().head();
    const [stream, events] = [newStream(), newEvents(25)];
    await store().append(stream, 'no_stream', events);
    await positioned(store(), stream, 24);
    for (const limit of [1, 7, 25, 1000]) {
      const { events: read } = await readAll(store(), after, (page) => page.atEnd, { limit });
      expect(idsOf(read.filter((event) => event.stream === stream))).toEqual(idsOf(events));
    }
  });

  it('answers an empty page at the end, and does not move', async () => {
    const stream = newStream();
    await store().append(stream, 'no_stream', newEvents(1));
    await positioned(store(), stream, 0); // and with it whatever was written before
    const head = await store().head();
    expect(await store().readLog(head)).toEqual({ events: [], next: head, atEnd: true });
    expect((await store().readLog(head + 1_000_000n)).next).toBe(head + 1_000_000n);
  });

  it('reads only the types asked for, and advances past what it passed over', async () => {
    const after = await store().head();
    const [stream, wanted] = [newStream(), newType()];
    await store().append(stream, 'no_stream', [
      ...newEvents(3),
      newEvent(wanted),
      ...newEvents(3),
      newEvent(wanted),
      ...newEvents(4),
    ]);
    const last = await positioned(store(), stream, 11);
    const whole = await readAll(store(), after, (page) => page.next >= last, { filter: { types: [wanted] } });
    expect(whole.events.map(({ version }) => version)).toEqual([3, 7]);
    const first = await store().readLog(after, { limit: 1, filter: { types: [wanted] } });
    expect(first.events.map(({ version }) => version)).toEqual([3]);
    expect(first.next).toBe(first.events[0]!.position);
    const none = await readAll(store(), after, (page) => page.next >= last, { filter: { types: [newType()] } });
    expect(none.events).toEqual([]);
  });
}

export async function positioned(store: EventStore, stream: string, version: number): Promise<bigint> {
  let position: bigint | null = null;
  await until('the event has a position', async () => (position = await store.positionOf(stream, version)) !== null);
  return position!;
}

async function readAll(
  store: EventStore,
  after: bigint,
  enough: (page: LogPage) => boolean,
  options: Parameters<EventStore['readLog']>[1] = {},
) {
  const events = [];
  for (let next = after; ;) {
    const page = await store.readLog(next, options);
    events.push(...page.events);
    if (page.next < next) throw new Error('The log went backwards');
    next = page.next;
    if (enough(page)) return { events, next };
  }
}
