import { Gathering } from '#platform/database/gathering.js';

/** A database that takes a turn of the event loop, and remembers what was asked together. */
function slow() {
  const asked: (readonly string[])[] = [];
  const ask = async (calls: readonly string[]) => {
    asked.push(calls);
    await new Promise(setImmediate);
    if (calls.includes('poison')) throw new Error('the database has gone');
    return calls.map((call) => `${call}!`);
  };
  return { asked, ask };
}

it('asks the first call at once and the others together, and gives each its own answer', async () => {
  const { asked, ask } = slow();
  const gathering = new Gathering(ask);
  const answers = await Promise.all(['a', 'b', 'c'].map((call) => gathering.call(call)));
  expect(answers).toEqual(['a!', 'b!', 'c!']);
  expect(asked).toEqual([['a'], ['b', 'c']]);
});

it('never asks two calls about one subject together', async () => {
  const { asked, ask } = slow();
  const gathering = new Gathering(ask, (call) => call[0]);
  await Promise.all(['x', 'a1', 'a2', 'b1'].map((call) => gathering.call(call)));
  expect(asked).toEqual([['x'], ['a1', 'b1'], ['a2']]);
});

it('asks at most 64 calls together', async () => {
  const { asked, ask } = slow();
  const gathering = new Gathering(ask);
  await Promise.all(Array.from({ length: 66 }, (_, index) => gathering.call(`${index}`)));
  expect(asked.map((calls) => calls.length)).toEqual([1, 64, 1]);
});

it('fails the calls that went together, and goes on with the next', async () => {
  const gathering = new Gathering(slow().ask);
  const answers = await Promise.allSettled(['a', 'poison', 'c'].map((call) => gathering.call(call)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await gathering.call('d')).toBe('d!');
});
