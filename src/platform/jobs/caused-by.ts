import type { By } from '#kernel/event.js';
import type { RecordedEvent } from '#platform/event-store/event-store.js';

/** What a job carries of the event that caused it, so that what it does can be traced back. */
export type Cause = {
  readonly workspaceId: string;
  readonly correlationId: string;
  readonly causationId: string;
};

export function causeOf({ eventId, meta }: Pick<RecordedEvent, 'eventId' | 'meta'>): Cause {
  return { workspaceId: meta.workspaceId, correlationId: meta.correlationId, causationId: eventId };
}

/** A part of the system, acting on behalf of nobody in particular. */
export function systemBy(part: string, { workspaceId, correlationId, causationId }: Cause): By {
  return { actor: { kind: 'system', id: part }, workspaceId, correlationId, causationId };
}
