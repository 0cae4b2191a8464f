import type { DomainEvent } from '#kernel/event.js';
import type { RemovedByStore } from '#kernel/removed.js';
import type { Ticket } from '../contract.js';

/** What the agent lets, or asks, the customer to record besides the screen. */
export interface RecordingOptions {
  readonly microphone: 'on' | 'optional' | 'off';
  readonly camera: boolean;
  readonly systemAudio: boolean;
  readonly maxDurationMs: number;
}

/** The agent's words for the customer, and who the customer is: all personal, all optional. */
export interface RequestWords {
  readonly customerName?: string;
  readonly customerEmail?: string;
  readonly message?: string;
  readonly ticketSubject?: string;
  readonly ticketUrl?: string;
}

export type Unsupported = 'no-display-capture' | 'no-recorder' | 'no-storage' | 'insecure-context';

/** What Send says about the recording. Times in milliseconds; `trim` is what the customer wants kept. */
export interface Submission {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly mediaType: string;
  readonly camera: boolean;
  readonly interrupted: boolean;
  readonly receivedAt: string;
  /** Fixed by the workspace's period at that moment. Version 1 of the event did not say. */
  readonly deletesAt?: string;
  readonly trim: { readonly startMs: number; readonly endMs: number } | null;
}

export type Requested = {
  readonly requestId: string;
  readonly ticket: Ticket | null;
  /** The member whose name the customer sees; null when an integration asked. */
  readonly agentId: string | null;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly options: RecordingOptions;
};
/** A call that may be repeated, and what it said. */
export type Call = { readonly id: string; readonly expiresInHours: number | null };
type OfRequest = { readonly requestId: string };
type OfRecording = OfRequest & { readonly recordingId: string };
/** What becomes of a recording that is not sent: it is handed over, or thrown away after it has waited for its customer. */
export type AbandonedPolicy = 'finalise' | 'discard';
export type Consent = {
  readonly textSha256: string;
  readonly version: string;
  readonly locale: string;
  readonly scope: readonly string[];
  /** What was to become of a recording that is not sent. Before it was noted, whatever the workspace wanted then. */
  readonly abandonedPolicy?: AbandonedPolicy;
};

/** One conversation with one customer: from the agent's request to what was sent, or why nothing was. */
export type RecordingRequestEvent =
  | DomainEvent<'RecordingRequested', Requested & RequestWords>
  | DomainEvent<
      'RecordingLinkIssued',
      OfRequest & { readonly link: number; readonly expiresAt: string; readonly call?: Call }
    >
  | DomainEvent<'RecordingLinkOpened', OfRequest & { readonly link: number }>
  | DomainEvent<'CustomerConsented', OfRequest & Consent>
  | DomainEvent<'RecordingDeclined', OfRequest & { readonly reason?: string }>
  | DomainEvent<'RecorderUnsupported', OfRequest & { readonly reason: Unsupported; readonly browser?: string }>
  | DomainEvent<'RecordingStarted', OfRecording & { readonly source: 'capture' | 'file' }>
  /** Its customer is gone without having sent it, and it waits for them. */
  | DomainEvent<'RecordingLeft', OfRecording>
  | DomainEvent<'RecordingResumed', OfRecording>
  | DomainEvent<'RecordingDiscarded', OfRecording & { readonly why: 'customer' | 'abandoned' | 'request-closed' }>
  | DomainEvent<'RecordingSubmitted', OfRecording & Submission & { readonly note?: string }>
  | DomainEvent<'RecordingRequestCancelled', OfRequest>
  | DomainEvent<'RecordingRequestExpired', OfRequest>
  | DomainEvent<'RecordingRequestErasureBegun', OfRequest>
  | DomainEvent<
      'RecordingRequestErased',
      OfRequest & { readonly removed: RemovedByStore; readonly keyFingerprints: readonly string[] }
    >;
