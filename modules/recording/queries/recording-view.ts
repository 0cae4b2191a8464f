import type { Storyboard } from '#modules/media/contract.js';
import type { KeyRing } from '#platform/key-ring/key-ring.js';
import { openSealedFields } from '#platform/streams/personal-data.js';
import type { RequestWords } from '../domain/recording-request.js';
import type { RecordingRow } from '../projections/recording-list.js';
import { ticketViewOf, type TicketView } from './ticket-view.js';

/** A recording as agents and integrators see it. */
export interface RecordingView {
  readonly id: string;
  readonly requestId: string;
  readonly status: 'received' | 'processing' | 'ready' | 'failed' | 'deleting';
  /** Whether the system sent it for a customer who did not come back. */
  readonly interrupted: boolean;
  readonly customerName: string | null;
  readonly message: string | null;
  readonly note: string | null;
  readonly ticket: TicketView | null;
  readonly agentId: string | null;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly mediaType: string;
  readonly receivedAt: string;
  /** When somebody first began to watch it; null while nobody has. */
  readonly watchedAt: string | null;
  /** Null for what was sent before this was fixed at Send. */
  readonly deletesAt: string | null;
  readonly processedBy: 'ffmpeg' | 'mediabunny' | null;
  /** 0 to 1 while the worker is at it, else null. */
  readonly progress: number | null;
  readonly failure: string | null;
  /** Whether preparing it once more may succeed. */
  readonly retryable: boolean;
  readonly hasPoster: boolean;
  readonly hasMp4: boolean;
  readonly storyboard: Storyboard | null;
  readonly camera: boolean;
  /**
   * Whether it can be watched before it is seekable. What the customer cut off must never be shown, so a trimmed one cannot,
   * nor a file of theirs, in which what was cut off on a phone may lie.
   */
  readonly chunksPlayable: boolean;
  readonly version: number;
}

export type JoinedRow = Omit<RecordingRow, 'status'> & {
  readonly status: RecordingView['status'];
  readonly words: string | null;
  readonly ticket_connector: string | null;
  readonly ticket_reference: string | null;
  readonly agent_id: string | null;
  readonly progress: number | null;
  readonly is_file: boolean;
};

export async function recordingView(keys: KeyRing, row: JoinedRow): Promise<RecordingView> {
  const hidden = row.status === 'deleting';
  const words = await openSealedFields<RequestWords & Record<string, unknown>>(keys, hidden ? null : row.words);
  const { note } = await openSealedFields<{ note: string }>(keys, hidden ? null : row.note);
  const { ticket_connector: connector, ticket_reference: reference } = row;
  return {
    id: row.id,
    requestId: row.request_id,
    status: row.status,
    interrupted: row.interrupted,
    customerName: words.customerName ?? null,
    message: words.message ?? null,
    note: note ?? null,
    ticket: ticketViewOf(connector && reference ? { connector, reference } : null, words),
    agentId: row.agent_id,
    durationMs: row.duration_ms,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    mediaType: row.media_type,
    receivedAt: row.received_at.toISOString(),
    watchedAt: row.watched_at?.toISOString() ?? null,
    deletesAt: row.deletes_at?.toISOString() ?? null,
    processedBy: row.processed_by,
    progress: row.status === 'processing' ? row.progress : null,
    failure: row.failure,
    retryable: row.retryable,
    hasPoster: row.poster,
    hasMp4: row.mp4,
    storyboard: row.storyboard,
    camera: row.camera,
    chunksPlayable: !row.trimmed && !row.is_file && !hidden,
    version: row.version,
  };
}

/** Whether every word of a search occurs somewhere in what people would look for. */
export function matches(view: RecordingView, search: string | undefined): boolean {
  if (!search) return true;
  const text = [view.customerName, view.note, view.message, view.ticket?.reference, view.ticket?.subject]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
