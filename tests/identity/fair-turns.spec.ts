import { FairTurns } from '#modules/identity/credentials/fair-turns.js';

describe('turns at something costly', () => {
  const full = (): never => {
    throw new Error('full');
  };

  it('pass from place to place, so that a crowd at one holds up nobody elsewhere', async () => {
    const turns = new FairTurns({ atOnce: 1, perPlace: 9, inAll: 99 });
    const order: string[] = [];
    const work = (name: string) => async () => void order.push(name);
    const crowd = ['a1', 'a2', 'a3', 'a4'].map((name) => turns.turn('a', work(name), full));
    await Promise.all([...crowd, turns.turn('b', work('b1'), full), turns.turn('c', work('c1'), full)]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  });

  it('are waited for by so many of a place, and by so many in all, and go on after a failure', async () => {
    const turns = new FairTurns({ atOnce: 2, perPlace: 2, inAll: 3 });
    const gate = Promise.withResolvers<void>();
    const [work, fails] = [() => gate.promise, () => gate.promise.then(full)];
    const begun = ['a', 'a', 'a', 'a', 'b'].map((place, n) => turns.turn(place, n ? work : fails, full));
    await expect(turns.turn('a', work, full)).rejects.toThrow('full');
    await expect(turns.turn('c', work, full)).rejects.toThrow('full');
    gate.resolve();
    const outcomes = await Promise.allSettled(begun);
    expect(outcomes.map(({ status: outcome }) => outcome)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
    await turns.turn('a', work, full);
  });
});
