import type { Received } from './recording-request.js';

/** What the customer keeps. The reference can be quoted when asking about the recording, and tells nothing to anybody else. */
export interface Receipt extends Pick<Received, 'receivedAt' | 'deletesAt'> {
  readonly reference: string;
}

export function receiptOf({ recordingId, receivedAt, deletesAt }: Received): Receipt {
  return { reference: recordingId.slice(0, 8).toUpperCase(), receivedAt, deletesAt };
}
