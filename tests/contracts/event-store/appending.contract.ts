import { WrongExpectedVersion, type ExpectedVersion } from '#platform/event-store/event-store.js';
import { randomUUID } from 'node:crypto';
import { AppendTooLarge } from '#platform/event-store/append-rules.js';
import { idsOf, newEvent, newEvents, newStream, recorded, sealedFor, upTo } from './event-fixtures.js';
import type { ContractContext } from './event-store.contract.js';

export function appendingContract({ store, ground }: ContractContext): void {
  it('starts a stream, goes on with it, and answers the last version', async () => {
    const [stream, first, more] = [newStream(), newEvents(3), newEvents(2)];
    expect(await store().append(stream, 'no_stream', first)).toEqual({ version: 2 });
    expect(await store().append(stream, 2, more)).toEqual({ version: 4 });
    expect(idsOf(await store().readStream(stream))).toEqual(idsOf([...first, ...more]));
  });

  it('keeps every field as it was given', async () => {
    const stream = newStream();
    const data = {
      '10': 'ten',
      '9': null,
      text: 'ünï – 🎥 "\\\n\u0000',
      list: [1, 2.5, -0.001, 1e21],
      deep: { b: true, a: [] },
    };
    const event = { ...newEvent('RecordingRequested', data), schemaVersion: 7 };
    await store().append(stream, 'no_stream', [event]);
    expect(await store().readStream(stream)).toEqual(recorded(stream, 0, [event]));
  });

  it.each<[string, ExpectedVersion, number]>([
    ['a stream that is already there', 'no_stream', 1],
    ['a version that was passed', 0, 1],
    ['a version that is not reached', 2, 1],
  ])('refuses %s, and says the real version', async (_, expected, actual) => {
    const [stream, events] = [newStream(), newEvents(2)];
    await store().append(stream, 'no_stream', events);
    const refused = store().append(stream, expected, newEvents(2));
    await expect(refused).rejects.toBeInstanceOf(WrongExpectedVersion);
    await expect(refused).rejects.toMatchObject({ stream, expected, actual });
    expect(idsOf(await store().readStream(stream))).toEqual(idsOf(events));
  });

  it('refuses to go on with a stream that does not exist', async () => {
    const stream = newStream();
    await expect(store().append(stream, 0, newEvents(1))).rejects.toMatchObject({ expected: 0, actual: -1 });
    expect(await store().readStream(stream)).toEqual([]);
  });

  it.each(['any', 'stream_exists', -1, -2, 0.5, undefined])('knows no expected version %p', async (expected) => {
    const stream = newStream();
    await expect(store().append(stream, expected as ExpectedVersion, newEvents(1))).rejects.toThrow(RangeError);
    expect(await store().readStream(stream)).toEqual([]);
  });

  it('refuses an append of nothing, and names that would not fit every server', async () => {
    await expect(store().append(newStream(), 'no_stream', [])).rejects.toThrow(RangeError);
    await expect(store().append('no spaces', 'no_stream', newEvents(1))).rejects.toThrow(RangeError);
    await expect(store().append(newStream(), 'no_stream', newEvents(1, '$system'))).rejects.toThrow(RangeError);
  });

  it('refuses more than every server takes at once, before anything is stored', async () => {
    const [stream, subject] = [newStream(), randomUUID()];
    const big = (bytes: number) => newEvent('Big', { text: 'x'.repeat(bytes) }, [sealedFor(subject)]);
    const refused = store().append(stream, 'no_stream', [big(400_000), big(400_000), big(400_000)]);
    await expect(refused).rejects.toBeInstanceOf(AppendTooLarge);
    expect(await store().eraseSealed(subject)).toBe(0);
    expect(await store().append(stream, 'no_stream', [big(490_000), big(490_000)])).toEqual({ version: 1 });
  });

  it('refuses what JSON cannot say', async () => {
    for (const value of [new Date(), 1n, NaN, '\ud800', new Map()])
      await expect(store().append(newStream(), 'no_stream', [newEvent('Odd', { value })])).rejects.toThrow(TypeError);
  });

  it('takes the repetition of an append for what it is, also later', async () => {
    const [stream, first, second] = [newStream(), newEvents(2), newEvents(2)];
    await store().append(stream, 'no_stream', first);
    expect(await store().append(stream, 'no_stream', first)).toEqual({ version: 1 });
    await store().append(stream, 1, second);
    expect(await store().append(stream, 'no_stream', first)).toEqual({ version: 1 });
    expect(await store().append(stream, 1, second)).toEqual({ version: 3 });
    expect(idsOf(await store().readStream(stream))).toEqual(idsOf([...first, ...second]));
  });

  it('does not take another append, nor half of one, for a repetition', async () => {
    const [stream, events] = [newStream(), newEvents(2)];
    await store().append(stream, 'no_stream', events);
    await expect(store().append(stream, 'no_stream', [events[1]!])).rejects.toThrow(WrongExpectedVersion);
    await expect(store().append(stream, 'no_stream', [events[0]!, newEvent()])).rejects.toThrow();
    await expect(store().append(stream, 'no_stream', [...events, newEvent()])).rejects.toThrow();
    expect(await store().readStream(stream)).toHaveLength(2);
  });

  it('lets one of 16 writers win, from two processes, and tells the others', async () => {
    const stores = [store(), ground().open()];
    const stream = newStream();
    for (const expected of ['no_stream', 1, 3] as const) {
      const tries = upTo(16).map((n) => stores[n % 2]!.append(stream, expected, newEvents(2)));
      const results = await Promise.allSettled(tries);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(WrongExpectedVersion);
    }
    expect((await store().readStream(stream)).map(({ version }) => version)).toEqual(upTo(6));
  });
}
