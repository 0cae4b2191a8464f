import { LiveConnection, type EventStream, type LiveNews } from '../../frontend/src/lib/agent/live.js';

/** A stream the test breaks and mends by hand, and a clock it moves. */
function bench() {
  const streams: (EventStream & { readyState: number; say(data: string, name?: string): void; closed: boolean })[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const news: LiveNews[] = [];
  const open = () => {
    const listeners = new Map<string, (event: { data: string }) => void>();
    const stream = {
      onopen: null,
      onerror: null,
      readyState: 0,
      closed: false,
      addEventListener: (name: string, heard: (event: { data: string }) => void) => void listeners.set(name, heard),
      close: () => void (stream.closed = true),
      say: (data: string, name = 'change') => listeners.get(name)?.({ data }),
    };
    streams.push(stream);
    return stream;
  };
  const clock = {
    set: (run: () => void, ms: number) => {
      const timer = { run, ms };
      timers.push(timer);
      return timer;
    },
    clear: (timer: unknown) => void timers.splice(0, timers.length, ...timers.filter((one) => one !== timer)),
    random: () => 1,
  };
  const connection = new LiveConnection(open, (item) => news.push(item), clock);
  const last = () => streams[streams.length - 1]!;
  return { connection, news, timers, streams, last };
}
const nothing = {} as never;
const SILENCE_MS = 40_000;

it('tells changes once it is open, and does not ask for a resync the first time', () => {
  const { connection, news, last } = bench();
  connection.start();
  last().onopen?.(nothing);
  last().say('{"kind":"request","id":"r1"}');
  expect(news).toEqual([{ state: 'connecting' }, { state: 'live' }, { change: { kind: 'request', id: 'r1' } }]);
});

it('lets the browser mend a broken line, and asks for a resync afterwards', () => {
  const { connection, news, streams, last } = bench();
  connection.start();
  last().onopen?.(nothing);
  last().onerror?.(nothing);
  last().onopen?.(nothing);
  expect(streams).toHaveLength(1);
  expect(news.slice(-3)).toEqual([{ state: 'lost' }, { state: 'live' }, { resync: true }]);
});

it('tells once that it was refused, and again after it was open in between', () => {
  const { connection, news, timers, last } = bench();
  const refused = () => news.filter((item) => 'refused' in item).length;
  const refuse = () => {
    last().readyState = 2;
    last().onerror?.(nothing);
  };
  connection.start();
  refuse();
  timers.pop()!.run();
  refuse();
  expect(refused()).toBe(1);
  timers.pop()!.run();
  last().onopen?.(nothing);
  refuse();
  expect(refused()).toBe(2);
});

it('opens a refused stream again, ever later, up to half a minute', () => {
  const { connection, timers, streams, last } = bench();
  connection.start();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    last().readyState = 2;
    last().onerror?.(nothing);
    const timer = timers.pop()!;
    waits.push(timer.ms);
    timer.run();
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(streams).toHaveLength(9);
});

it('does not wait for the timer when the network is back', () => {
  const { connection, timers, streams, last } = bench();
  connection.start();
  last().readyState = 2;
  last().onerror?.(nothing);
  connection.retryNow();
  expect(timers).toMatchObject([{ ms: SILENCE_MS }]);
  expect(streams).toHaveLength(2);
  expect(streams[0]?.closed).toBe(true);
  last().onopen?.(nothing);
  connection.retryNow();
  expect(streams).toHaveLength(2);
});

it('ignores a torn line and an old stream that dies late', () => {
  const { connection, news, streams, last } = bench();
  connection.start();
  connection.start();
  last().onopen?.(nothing);
  const told = news.length;
  last().say('{"kind":');
  streams[0]?.onerror?.(nothing);
  expect(news).toHaveLength(told);
});

it('counts a line that stays silent as lost, and opens it anew, ever later, though nobody refused it', () => {
  const { connection, news, timers, streams, last } = bench();
  connection.start();
  last().onopen?.(nothing);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    const silence = timers.pop()!;
    expect(silence.ms).toBe(SILENCE_MS);
    silence.run();
    expect([last().closed, news.at(-1)]).toEqual([true, { state: 'lost' }]);
    const again = timers.pop()!;
    waits.push(again.ms);
    again.run();
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(streams).toHaveLength(8);
  expect(news).not.toContainEqual({ refused: true });
  last().readyState = 2;
  last().onerror?.(nothing);
  expect(news.at(-1)).toEqual({ refused: true });
});

it('waits anew for the next word after each one, and for none once it was stopped', () => {
  const { connection, timers, last } = bench();
  connection.start();
  const words = [
    () => last().onopen?.(nothing),
    () => last().say('', 'ping'),
    () => last().say('{"kind":"request","id":"r1"}'),
    () => last().onerror?.(nothing),
  ];
  for (const word of words) {
    const before = timers[0];
    word();
    expect(timers).toMatchObject([{ ms: SILENCE_MS }]);
    expect(timers[0]).not.toBe(before);
  }
  connection.stop();
  expect(timers).toEqual([]);
});
