import { publicationsOf } from '#platform/contexts/publications.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { recordingPublished } from './contract.js';
import { recordingRequest } from './domain/recording-request.js';

const ofRequest = ({ data: { requestId } }: { data: { requestId: string } }) => ({ requestId });
const ofRecording = ({ data: { requestId, recordingId } }: { data: { requestId: string; recordingId: string } }) => ({
  requestId,
  recordingId,
});

/** What each private event says to other contexts. Each field is named, so that none is published by accident. */
export const recordingPublications = publicationsOf(recordingPublished, {
  'recording.requested.v1': handlersOf(recordingRequest, {
    RecordingRequested: ({ data: { requestId, ticket, agentId, expiresAt } }) => ({
      requestId,
      ticket,
      agentId,
      expiresAt,
    }),
  }),
  'recording.link_opened.v1': handlersOf(recordingRequest, { RecordingLinkOpened: ofRequest }),
  'recording.declined.v1': handlersOf(recordingRequest, { RecordingDeclined: ofRequest }),
  'recording.unsupported.v1': handlersOf(recordingRequest, {
    RecorderUnsupported: ({ data: { requestId, reason } }) => ({ requestId, reason }),
  }),
  'recording.started.v1': handlersOf(recordingRequest, {
    RecordingStarted: (event) => ({ ...ofRecording(event), source: event.data.source }),
  }),
  'recording.discarded.v1': handlersOf(recordingRequest, {
    RecordingDiscarded: (event) => ({ ...ofRecording(event), why: event.data.why }),
  }),
  'recording.submitted.v1': handlersOf(recordingRequest, {
    RecordingSubmitted: ({ data }) => ({
      ...ofRecording({ data }),
      durationMs: data.durationMs,
      width: data.width,
      height: data.height,
      bytes: data.bytes,
      mediaType: data.mediaType,
      camera: data.camera,
      interrupted: data.interrupted,
      receivedAt: data.receivedAt,
      deletesAt: data.deletesAt ?? null,
      trim: data.trim,
    }),
  }),
  'recording.cancelled.v1': handlersOf(recordingRequest, { RecordingRequestCancelled: ofRequest }),
  'recording.expired.v1': handlersOf(recordingRequest, { RecordingRequestExpired: ofRequest }),
  'recording.request_erased.v1': handlersOf(recordingRequest, {
    RecordingRequestErased: ({ data: { requestId, removed, keyFingerprints } }) => ({
      requestId,
      removed,
      keyFingerprints,
    }),
  }),
});
