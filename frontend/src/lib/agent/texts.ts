/** Every word the agent's side says. One place, so that a translator needs no other file. */
export const texts = {
  requestStatus: {
    sent: 'Link sent',
    opened: 'Opened',
    recording: 'Recording now',
    received: 'Received',
    declined: 'Declined',
    unsupported: 'Could not record',
    cancelled: 'Cancelled',
    expired: 'Expired',
  },
  recordingStatus: {
    received: 'Received',
    processing: 'Processing',
    ready: 'Ready',
    failed: 'Not processed',
    deleting: 'Being erased',
  },
};
