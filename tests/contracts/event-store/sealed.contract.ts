import { randomUUID } from 'node:crypto';
import { newEvent, newStream, newType, recorded, sealedFor } from './event-fixtures.js';
import type { ContractContext } from './event-store.contract.js';
import { LogReader } from './log-reader.js';

export function sealedContract({ store }: ContractContext): void {
  it('keeps sealed parts with their event, in order, by stream and by log', async () => {
    const [stream, type, a, b] = [newStream(), newType(), randomUUID(), randomUUID()];
    const after = await store().head();
    const events = [
      newEvent(type, {}, [sealedFor(b), sealedFor(a), sealedFor(b)]),
      newEvent(type),
      newEvent(type, {}, [sealedFor(a)]),
    ];
    await store().append(stream, 'no_stream', events);
    expect(await store().readStream(stream)).toEqual(recorded(stream, 0, events));
    const reader = new LogReader(store(), after, { filter: { types: [type] } });
    await reader.has(3);
    expect(reader.events).toEqual(recorded(stream, 0, events));
    await reader.subscription.close();
  });

  it("deletes one subject's sealed parts everywhere, and nothing else: their digests stay", async () => {
    const [one, two, gone, stays] = [newStream(), newStream(), randomUUID(), randomUUID()];
    const both = newEvent('Both', { kept: 1 }, [sealedFor(gone), sealedFor(stays), sealedFor(gone)]);
    const only = newEvent('Only', { kept: 2 }, [sealedFor(gone)]);
    await store().append(one, 'no_stream', [both]);
    await store().append(two, 'no_stream', [only]);
    expect([await store().countSealed(gone), await store().countSealed(stays)]).toEqual([3, 1]);
    expect(await store().eraseSealed(gone)).toBe(3);
    expect(await store().countSealed(gone)).toBe(0);
    expect(await store().readStream(one)).toEqual(recorded(one, 0, [both], [gone]));
    expect(await store().readStream(two)).toEqual(recorded(two, 0, [only], [gone]));
    expect(await store().eraseSealed(gone)).toBe(0);
    expect(await store().append(two, 'no_stream', [only])).toEqual({ version: 0 });
    expect(await store().readStream(two)).toEqual(recorded(two, 0, [only], [gone]));
  });

  it('keeps the first blob when a repeated append was sealed anew', async () => {
    const [stream, subject] = [newStream(), randomUUID()];
    const event = newEvent('Sealed', {}, [sealedFor(subject)]);
    await store().append(stream, 'no_stream', [event]);
    await store().append(stream, 'no_stream', [{ ...event, sealed: [sealedFor(subject)] }]);
    expect(await store().readStream(stream)).toEqual(recorded(stream, 0, [event]));
    await store().eraseSealed(subject);
    expect(await store().readStream(stream)).toEqual(recorded(stream, 0, [event], [subject]));
  });
}
