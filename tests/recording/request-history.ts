import {
  recordingRequest,
  type RecordingRequestEvent,
  type Submission,
} from '#modules/recording/domain/recording-request.js';
import { given as givenStream } from './given.js';

/** What may have happened to a request, for the specs of its decisions. */

export const given = (stream: typeof recordingRequest, ...history: readonly RecordingRequestEvent[]) =>
  givenStream(stream, ...history);
export const requestId = 'r-1';
export const now = new Date('2026-11-22T12:00:00Z');
export const turn = { link: 1, at: now };
export const later = new Date('2026-11-26T12:00:00Z');
export const options = { microphone: 'optional', camera: true, systemAudio: true, maxDurationMs: 60_000 } as const;
export const input = {
  ticket: { connector: 'manual', reference: 'T-1' },
  agentId: 'm-1',
  requestedAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2026-11-25T12:00:00.000Z',
  options,
  message: 'Please show me',
};
export const consent = { textSha256: 'ab', version: '1', locale: 'en', scope: ['screen'] };
export const submission: Submission = {
  durationMs: 5000,
  width: 1280,
  height: 720,
  bytes: 9,
  mediaType: 'video/webm',
  camera: false,
  interrupted: false,
  receivedAt: now.toISOString(),
  trim: null,
};

export const requested: RecordingRequestEvent = { type: 'RecordingRequested', data: { requestId, ...input } };
export const opened: RecordingRequestEvent = { type: 'RecordingLinkOpened', data: { requestId, link: 1 } };
export const consented: RecordingRequestEvent = { type: 'CustomerConsented', data: { requestId, ...consent } };
export const started = (recordingId: string): RecordingRequestEvent => ({
  type: 'RecordingStarted',
  data: { requestId, recordingId, source: 'capture' },
});
export const discarded = (
  recordingId: string,
  why: 'customer' | 'abandoned' | 'request-closed' = 'customer',
): RecordingRequestEvent => ({ type: 'RecordingDiscarded', data: { requestId, recordingId, why } });
export const submitted: RecordingRequestEvent = {
  type: 'RecordingSubmitted',
  data: { requestId, recordingId: 'a', ...submission },
};
export const cancelled: RecordingRequestEvent = { type: 'RecordingRequestCancelled', data: { requestId } };
export const expired: RecordingRequestEvent = { type: 'RecordingRequestExpired', data: { requestId } };
export const left = (recordingId: string): RecordingRequestEvent => ({
  type: 'RecordingLeft',
  data: { requestId, recordingId },
});
