import type { Received } from './recording-request.js';

/** What the customer keeps. The reference can be quoted when asking about the recording, and tells nothing to anybody else. */
export interface Receipt extends Omit<Received, 'recordingId'> {
  readonly reference: string;
}

export function receiptOf({ recordingId, ...moments }: Received): Receipt {
  return { reference: recordingId.slice(0, 8).toUpperCase(), ...moments };
}
