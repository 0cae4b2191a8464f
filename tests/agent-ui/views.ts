import type { RecordingView, RequestView } from '../../frontend/src/lib/api/types.js';

/** A ready recording, with what a test cares about changed. */
export const aRecording = (changes: Partial<RecordingView> = {}): RecordingView => ({
  id: 'rec-1',
  requestId: 'req-1',
  status: 'ready',
  interrupted: false,
  customerName: 'Maria Okafor',
  agentId: null,
  version: 1,
  message: null,
  note: null,
  ticket: null,
  durationMs: 45_000,
  width: 1280,
  height: 720,
  bytes: 3_000_000,
  mediaType: 'video/webm',
  receivedAt: '2026-11-22T12:00:00.000Z',
  deletesAt: '2027-02-20T12:00:00.000Z',
  processedBy: 'ffmpeg',
  progress: null,
  failure: null,
  retryable: false,
  hasPoster: true,
  hasMp4: true,
  storyboard: null,
  camera: false,
  chunksPlayable: true,
  ...changes,
});

/** A request whose link was just sent. */
export const aRequest = (changes: Partial<RequestView> = {}): RequestView => ({
  id: 'req-1',
  status: 'sent',
  customerName: null,
  customerEmail: null,
  message: null,
  ticket: null,
  createdAt: '2026-11-22T11:00:00.000Z',
  expiresAt: '2026-11-25T11:00:00.000Z',
  recordingId: null,
  agent: null,
  version: 1,
  lastChangeAt: '2026-11-22T11:00:00.000Z',
  ...changes,
});
