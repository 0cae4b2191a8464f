import { randomUUID } from 'node:crypto';

/** Of events that no suite asks about whose they are. */
export const systemMeta = {
  actor: { kind: 'system', id: 't' },
  workspaceId: randomUUID(),
  correlationId: 'c',
  causationId: 'c',
} as const;
