import { hash, randomBytes, randomUUID } from 'node:crypto';
import { WrongExpectedVersion } from '#platform/event-store/event-store.js';
import type {
  EventStore,
  ExpectedVersion,
  NewEvent,
  RecordedEvent,
  SealedPart,
} from '#platform/event-store/event-store.js';

export function newEvent(
  type = 'SomethingHappened',
  data: Record<string, unknown> = { n: 1 },
  sealed: SealedPart[] = [],
) {
  const event: NewEvent = {
    eventId: randomUUID(),
    type,
    schemaVersion: 1,
    at: new Date('2026-05-04T03:02:01.123Z'),
    data,
    meta: {
      actor: { kind: 'member', id: 'm-1' },
      workspaceId: 'w-1',
      correlationId: 'correlation-1',
      causationId: 'causation-1',
    },
    sealed,
  };
  return event;
}

export function newEvents(count: number, type?: string): NewEvent[] {
  return Array.from({ length: count }, (_, n) => newEvent(type, { n }));
}

/** A stream name that no other test uses, so that a server may be shared. */
export function newStream(): string {
  return `thing-${randomUUID()}`;
}

export function newType(): string {
  return `Type${randomBytes(6).toString('hex')}`;
}

export function sealedFor(subject: string): SealedPart {
  return { subject, blob: randomBytes(48) };
}

/** What was appended, as it must read back: the sealed parts of those subjects are gone, but for their digests. */
export function recorded(stream: string, firstVersion: number, events: readonly NewEvent[], erased: string[] = []) {
  return events.map((event, n) => {
    const sealed = event.sealed.map(({ subject, blob }) => {
      return { subject, digest: hash('sha256', blob), blob: erased.includes(subject) ? null : blob };
    });
    return { ...event, sealed, stream, version: firstVersion + n, position: expect.any(BigInt) };
  });
}

/** Appends as a client does that may lose its connection: again with the same ids until it has an answer. */
export async function appendSurely(store: EventStore, stream: string, expected: ExpectedVersion, events: NewEvent[]) {
  for (;;)
    try {
      return await store.append(stream, expected, events);
    } catch (error) {
      if (error instanceof WrongExpectedVersion) throw error;
    }
}

/** Fills a log through the front door, in streams of 2000 events. */
export async function fillByAppending(store: EventStore, type: string, count: number): Promise<string[]> {
  const events = newEvents(count, type);
  for (let n = 0; n < count; n += 2_000) await store.append(newStream(), 'no_stream', events.slice(n, n + 2_000));
  return idsOf(events);
}

export const idsOf = (events: readonly { eventId: string }[]) => events.map((event) => event.eventId);

/** The versions seen of each stream, in the order in which they were seen. */
export function versionsByStream(events: readonly RecordedEvent[]): Map<string, number[]> {
  const versions = new Map<string, number[]>();
  for (const { stream, version } of events) versions.set(stream, [...(versions.get(stream) ?? []), version]);
  return versions;
}

export const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
