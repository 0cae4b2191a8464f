import { workspaceOf, type By } from '#kernel/event.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** What a job carries of the event that caused it, so that what it does can be traced back. */
export type Cause = {
  readonly workspaceId: string;
  readonly correlationId: string;
  readonly causationId: string;
};

/** @throws Error when the event is no workspace's */
export function causeOf({ eventId, type, meta }: Pick<RecordedEvent, 'eventId' | 'type' | 'meta'>): Cause {
  const workspaceId = workspaceOf(meta);
  if (workspaceId === null) throw new Error(`${type} belongs to no workspace`);
  return { workspaceId, correlationId: meta.correlationId, causationId: eventId };
}

/** A part of the system in its work, acting on behalf of nobody in particular. */
export function systemBy(part: string, { workspaceId, correlationId, causationId }: Cause): By {
  return {
    actor: { kind: 'system', id: part },
    via: { kind: 'job', id: part },
    proof: { by: 'none' },
    ...{ workspaceId, correlationId, causationId },
  };
}
