import { randomUUID } from 'node:crypto';
import type { By, EventMetadata } from '#kernel/event.js';
import { viewing, type ViewingEvent } from '#modules/media/domain/viewing.js';
import { EventStore, type RecordedEvent } from '#platform/event-store/event-store.js';
import { Streams } from '#platform/streams/streams.js';
import { type ApiClient, type Call, callOf } from './api-client.js';
import type { WholeApp } from './whole-app.js';

/**
 * Bytes of a recording as players and people get them: who asks says first that they watch or download. `what` is the
 * last part of the address, `download?variant=mp4` among them. Where they may not begin, that refusal is the answer.
 */
export function bytesOf(client: ApiClient, id: string, what = 'media', headers: Record<string, string> = {}): Call {
  return callOf(`${what} of ${id}`, begunAndAsked(client, id, what, headers));
}

async function begunAndAsked(client: ApiClient, id: string, what: string, headers: Record<string, string>) {
  const [part, variant] = what.split('?variant=');
  const isDownload = part === 'download';
  if (!isDownload && part !== 'media' && part !== 'camera') return client.get(`recordings/${id}/${what}`, headers);
  const begun = isDownload
    ? await client.post(`recordings/${id}/downloads`, { variant })
    : await client.post(`recordings/${id}/viewings`);
  if (begun.status !== 201) return begun;
  const url = begun.body.url as string;
  return client.get(part === 'camera' ? url.replace('/media?', '/camera?') : url, headers);
}

/** What was noted of watching and downloading, in order. */
export async function viewingsIn(app: WholeApp): Promise<RecordedEvent[]> {
  const { rows } = await app.database.pool.query<{ stream: string }>(
    "SELECT stream FROM es.event WHERE stream LIKE 'viewing-%' ORDER BY seq",
  );
  return (await Promise.all(rows.map(({ stream }) => app.get(EventStore).readStream(stream)))).flat();
}

/** Notes the same once more, as if it had been some hours ago. @returns the id of what is over */
export async function runOut(app: WholeApp, seen: RecordedEvent): Promise<string> {
  const viewingId = randomUUID();
  const { actor, scope } = seen.meta as EventMetadata;
  const by: By = {
    ...{ actor, workspaceId: scope.kind === 'workspace' ? scope.id : '' },
    ...{ correlationId: viewingId, causationId: viewingId },
  };
  const data = { ...seen.data, viewingId, expiresAt: new Date(Date.now() - 1).toISOString() };
  const event = { type: seen.type, data } as unknown as ViewingEvent;
  await app.get(Streams).change(viewing, viewingId, by, () => [event]);
  return viewingId;
}
