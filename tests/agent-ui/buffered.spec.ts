import { bufferedFrom } from '../../frontend/src/lib/agent/player/buffered.js';

const ranges = (...spans: [number, number][]) => ({
  length: spans.length,
  start: (index: number) => spans[index]![0],
  end: (index: number) => spans[index]![1],
});

it.each([
  [0, 10],
  [9.99, 10],
  [19.95, 30],
  [15, 15],
  [40, 40],
])('from %i seconds one can play on to %i', (from, to) =>
  expect(bufferedFrom(ranges([0, 10], [20, 30]), from)).toBe(to),
);

it('has nothing while nothing is loaded', () => expect(bufferedFrom(ranges(), 3)).toBe(3));
