import type { DomainEvent } from '#kernel/event.js';
import type { PublishedEvents } from '#kernel/published.js';
import type { RemovedByStore } from '#kernel/removed.js';

interface OfRequest {
  readonly requestId: string;
}
/** What was removed of it, store by store, and which keys were destroyed. */
interface Destroyed {
  readonly removed: RemovedByStore;
  readonly keyFingerprints: readonly string[];
}
interface OfRecording extends OfRequest {
  readonly recordingId: string;
}

/** The connector of a ticket that a person or a program named, where no helpdesk is connected. */
export const BY_HAND = 'manual';

/** Which ticket, and which connected helpdesk knows it by that. */
export interface Ticket {
  readonly connector: string;
  readonly reference: string;
}

/** What was sent. Times in milliseconds; `trim` is what the customer wants kept, null for all of it. */
export interface Submitted extends OfRecording {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly mediaType: string;
  readonly camera: boolean;
  /** Nobody pressed Send: what had arrived was kept in the customer's place. */
  readonly interrupted: boolean;
  readonly receivedAt: string;
  /** The day it will be deleted; null for what was sent before that was fixed at Send. */
  readonly deletesAt: string | null;
  readonly trim: { readonly startMs: number; readonly endMs: number } | null;
}

/** What recording tells the other contexts, in the order of a request's life. */
export type RecordingPublished =
  | DomainEvent<
      'recording.requested.v1',
      OfRequest & { readonly ticket: Ticket | null; readonly agentId: string | null; readonly expiresAt: string }
    >
  | DomainEvent<'recording.link_opened.v1', OfRequest>
  | DomainEvent<'recording.declined.v1', OfRequest>
  | DomainEvent<'recording.unsupported.v1', OfRequest & { readonly reason: string }>
  | DomainEvent<'recording.started.v1', OfRecording & { readonly source: 'capture' | 'file' }>
  | DomainEvent<'recording.discarded.v1', OfRecording & { readonly why: 'customer' | 'abandoned' | 'request-closed' }>
  | DomainEvent<'recording.submitted.v1', Submitted>
  | DomainEvent<'recording.cancelled.v1', OfRequest>
  | DomainEvent<'recording.expired.v1', OfRequest>
  /** The words around a request that nobody answered are destroyed. */
  | DomainEvent<'recording.request_erased.v1', OfRequest & Destroyed>;

export const recordingPublished: PublishedEvents<RecordingPublished> = { context: 'recording' };
