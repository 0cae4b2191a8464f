import type { Cause } from '#platform/jobs/caused-by.js';
import type { Handlers } from '#platform/streams/handlers.js';
import type { Cut, OwnedRecording } from '../contract.js';

/** A recording was sent: from now on it is prepared for watching. */
export type Sent = Cause & OwnedRecording & Cut;

/** A recording was thrown away unsent. */
export type Discarded = Cause & OwnedRecording & { readonly waitedFor: boolean };

/**
 * What media hear from a context that recordings belong to: its published events, in the words of media. One for each
 * kind of owner; the app puts them together.
 */
export interface OwnerEvents {
  readonly sent: Handlers<[], Sent>;
  /** `waitedFor`: somebody waits for the erasure, and whoever answers them sees to it first. */
  readonly discarded: Handlers<[], Discarded>;
}
