import type { RecordingView, RequestView } from '../api/types.js';
import { canRemind, isOpen } from './status.js';

/** One line of a ticket's history: a request, with the recording it brought, or a recording alone. */
export type TicketEntry = {
  id: string;
  at: string;
  request: RequestView | null;
  recording: RecordingView | null;
};

export type NextAction = 'copy-link' | 'remind' | 'play' | 'open' | 'ask-again';
export type FurtherAction = 'remind' | 'cancel' | 'open';

/** A ticket's requests and recordings as one list, newest first. */
export function ticketTimeline(requests: readonly RequestView[], recordings: readonly RecordingView[]): TicketEntry[] {
  const byRequest = new Map(recordings.map((recording) => [recording.requestId, recording]));
  const asked = requests.map((request): TicketEntry => {
    return { id: request.id, at: request.createdAt, request, recording: byRequest.get(request.id) ?? null };
  });
  const known = new Set(requests.map(({ id }) => id));
  const alone = recordings
    .filter(({ requestId }) => !known.has(requestId))
    .map((recording): TicketEntry => {
      return { id: recording.id, at: recording.receivedAt, request: null, recording };
    });
  return [...asked, ...alone].sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
}

/**
 * Whether pressing play shows something now: the finished file, or what arrived, where browsers understand it
 * (none plays Matroska).
 */
export const isPlayable = ({ status, chunksPlayable, mediaType }: RecordingView) =>
  status === 'ready' || (status !== 'deleting' && chunksPlayable && !mediaType.includes('matroska'));

/** Whether the server is still making the file that will play everywhere. */
export const isUnderWay = ({ status }: RecordingView) => status === 'received' || status === 'processing';

/** The one thing to do next; null while the customer or the server is at work. */
export function nextAction({ request, recording }: TicketEntry, hasLink: boolean): NextAction | null {
  if (recording) {
    if (isPlayable(recording)) return 'play';
    return recording.status === 'failed' ? 'open' : null;
  }
  if (!request || request.status === 'received' || request.status === 'recording') return null;
  if (hasLink && isOpen(request.status)) return 'copy-link';
  return canRemind(request.status) ? 'remind' : 'ask-again';
}

/** What stands behind the "more" button besides the next action. */
export function furtherActions({ request, recording }: TicketEntry, next: NextAction | null): FurtherAction[] {
  if (recording) return next === 'open' ? [] : ['open'];
  if (!request || !isOpen(request.status)) return [];
  return canRemind(request.status) && next !== 'remind' ? ['remind', 'cancel'] : ['cancel'];
}
