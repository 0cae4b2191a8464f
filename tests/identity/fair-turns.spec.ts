import { FairTurns } from '#modules/identity/credentials/fair-turns.js';

describe('turns at something costly', () => {
  const full = (retryAfterSeconds: number) => Object.assign(new Error('full'), { retryAfterSeconds });
  const patient = { patienceMs: 10_000, usuallyMs: 9 };

  it('pass from place to place, so that a crowd at one holds up nobody elsewhere', async () => {
    const turns = new FairTurns({ atOnce: 1, perPlace: 9, inAll: 99, ...patient });
    const order: string[] = [];
    const work = (name: string) => async () => void order.push(name);
    const crowd = ['a1', 'a2', 'a3', 'a4'].map((name) => turns.turn('a', work(name), full));
    await Promise.all([...crowd, turns.turn('b', work('b1'), full), turns.turn('c', work('c1'), full)]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  });

  it('are waited for by so many of a place, and by so many in all, and go on after a failure', async () => {
    const turns = new FairTurns({ atOnce: 2, perPlace: 2, inAll: 3, ...patient });
    const gate = Promise.withResolvers<void>();
    const [work, fails] = [() => gate.promise, () => gate.promise.then(() => Promise.reject(full(1)))];
    const begun = ['a', 'a', 'a', 'a', 'b'].map((place, n) => turns.turn(place, n ? work : fails, full));
    await expect(turns.turn('a', work, full)).rejects.toThrow('full');
    await expect(turns.turn('c', work, full)).rejects.toThrow('full');
    gate.resolve();
    const outcomes = await Promise.allSettled(begun);
    expect(outcomes.map(({ status: outcome }) => outcome)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
    await turns.turn('a', work, full);
  });

  it('are kept for whoever was told to come back, and when, however many come after them', async () => {
    const turns = new FairTurns({ atOnce: 1, perPlace: 9, inAll: 4, patienceMs: 50, usuallyMs: 9 });
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const order: string[] = [];
    const come = (name: string) => turns.turn(name, async () => void order.push(name), full);
    const begun = turns.turn('first', () => first.promise, full);
    for (const name of ['a', 'b']) await expect(come(name)).rejects.toMatchObject({ retryAfterSeconds: 1 });
    const next = turns.turn('second', () => second.promise, full);
    first.resolve();
    await begun;
    const crowd = ['c', 'd', 'e', 'f'].map((name) => come(name));
    const back = [come('b'), come('a')];
    second.resolve();
    const outcomes = await Promise.allSettled([next, ...back, ...crowd]);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    expect(outcomes.filter(({ status: outcome }) => outcome === 'rejected')).toHaveLength(2);
  });

  it('are said to come when those before are done, at the pace of late', async () => {
    const turns = new FairTurns({ ...patient, atOnce: 1, perPlace: 1, inAll: 99, usuallyMs: 2000 });
    const crowd = async (work: Promise<void>, retryAfterSeconds: number, done: () => void) => {
      const waiting = Array.from({ length: 21 }, (_, n) => turns.turn(`${n}`, () => work, full));
      await expect(turns.turn('20', () => work, full)).rejects.toMatchObject({ retryAfterSeconds });
      done();
      await Promise.all(waiting);
    };
    const [slow, quick] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await crowd(slow.promise, 40, slow.resolve);
    await crowd(quick.promise, 1, quick.resolve);
  });
});
