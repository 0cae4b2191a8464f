import { PassThrough } from 'node:stream';
import { type Clock, install } from '@sinonjs/fake-timers';
import { type Condition, ProvenConditions } from '#platform/http/proven-conditions.js';

/** What is promised. */
const AT_THE_LATEST_MS = 15_000;
const A_MINUTE_MS = 60_000;

let conditions: ProvenConditions;
let clock: Clock;
beforeEach(() => {
  clock = install({ toNotFake: ['nextTick', 'queueMicrotask'] });
  conditions = new ProvenConditions();
  conditions.onModuleInit();
});
afterEach(() => {
  conditions.onApplicationShutdown();
  jest.restoreAllMocks();
  clock.uninstall();
});

function answersOn(...all: readonly Condition[]): PassThrough[] {
  return all.map((condition) => {
    const answer = new PassThrough();
    conditions.endWith(condition, answer);
    return answer;
  });
}

const ended = (answers: readonly PassThrough[]) => answers.filter(({ destroyed }) => destroyed).length;
const pass = (ms: number) => clock.tickAsync(ms);
const never = () => new Promise<boolean>(() => undefined);
const after = (ms: number, holds: boolean) => () =>
  new Promise<boolean>((resolve) => setTimeout(() => resolve(holds), ms));

function conditionsOf(count: number, holds: Condition['holds'], name = 'condition'): Condition[] {
  return Array.from({ length: count }, (_, i) => ({ key: `${name} ${i}`, holds }));
}

it('is one look for all answers that depend on the same thing', async () => {
  let looks = 0;
  const holds = async () => ((looks += 1), looks < 8);
  const answers = Array.from({ length: 24 }, () => answersOn({ key: 'the same', holds })).flat();
  await pass(24_000);
  expect([looks <= 6, ended(answers)]).toEqual([true, 0]);
  await pass(24_000);
  expect([looks, ended(answers)]).toEqual([8, 24]);
});

it('ends nothing because a machine is slow to find out, however many wait for their turn', async () => {
  const answers = answersOn(...conditionsOf(80, after(1_500, true)));
  await pass(A_MINUTE_MS);
  expect(ended(answers)).toBe(0);
});

it('ends what stays unanswered in time, and finds out about the others meanwhile', async () => {
  let removed = false;
  const hanging = answersOn(...conditionsOf(5, never, 'hanging'));
  const failing = answersOn(...conditionsOf(5, () => Promise.reject(new Error('away')), 'failing'));
  const staying = answersOn(...conditionsOf(5, after(10, true)));
  const [leaving] = answersOn({ key: 'leaving', holds: async () => !removed });
  await pass(2_000);
  removed = true;
  await pass(AT_THE_LATEST_MS - 2_000);
  expect([hanging, failing, staying].map(ended)).toEqual([5, 5, 0]);
  expect(leaving!.destroyed).toBe(true);
  await pass(A_MINUTE_MS);
  expect(ended(staying)).toBe(0);
});

it.each([
  ['is silent', never],
  ['refuses', () => Promise.reject(new Error('ECONNREFUSED'))],
])('ends everything in time when the database %s', async (_what, holds) => {
  const answers = answersOn(...conditionsOf(1000, holds));
  await pass(AT_THE_LATEST_MS);
  expect(ended(answers)).toBe(1000);
});

it('ends nothing for an outage of a few seconds', async () => {
  let away = true;
  const answers = answersOn(...conditionsOf(50, () => (away ? Promise.reject(new Error('away')) : after(20, true)())));
  await pass(9_500);
  away = false;
  await pass(A_MINUTE_MS);
  expect(ended(answers)).toBe(0);
});

it('counts no time in which the process itself stood still', async () => {
  const answers = answersOn(...conditionsOf(3, after(700, true)));
  await pass(4_100);
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + A_MINUTE_MS);
  await pass(A_MINUTE_MS);
  expect(ended(answers)).toBe(0);
});

it('lets whoever has just been let in stand for the others, and forgets what nothing depends on', async () => {
  let looks = 0;
  const condition = { key: 'the same', holds: () => ((looks += 1), never()) };
  const [first] = answersOn(condition);
  for (let i = 0; i < 10; i += 1) {
    await pass(3_000);
    answersOn(condition)[0]!.destroy();
  }
  expect([looks, first!.destroyed]).toEqual([0, false]);
  first!.destroy();
  await pass(A_MINUTE_MS);
  expect(looks).toBe(0);
});
