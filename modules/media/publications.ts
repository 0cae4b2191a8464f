import { publicationsOf } from '#platform/contexts/publications.js';
import { handlersOf } from '#platform/streams/handlers.js';
import { mediaPublished, type OwnedRecording } from './contract.js';
import { recording } from './domain/recording.js';
import { viewing, type Downloaded, type Viewed } from './domain/viewing.js';

const idsOf = ({ data: { recordingId, owner } }: { data: OwnedRecording }) => ({ recordingId, owner });

function handedOut<Copy extends string>(data: Omit<Viewed | Downloaded, 'copy'> & { readonly copy: Copy }) {
  const { viewingId, recordingId, owner, copy } = data;
  return { viewingId, recordingId, owner, copy };
}

/** What each private event says to other contexts. Each field is named, so that none is published by accident. */
export const mediaPublications = publicationsOf(mediaPublished, {
  'media.made_seekable.v1': handlersOf(recording, {
    RecordingMadeSeekable: ({ data }) => ({
      ...idsOf({ data }),
      mediaType: data.mediaType,
      durationMs: data.durationMs,
      width: data.width,
      height: data.height,
      bytes: data.bytes,
      tool: data.tool,
    }),
  }),
  'media.previewed.v1': handlersOf(recording, {
    RecordingPreviewed: ({ data }) => ({ ...idsOf({ data }), poster: data.poster, storyboard: data.storyboard }),
  }),
  'media.copied_to_mp4.v1': handlersOf(recording, {
    RecordingCopiedToMp4: ({ data }) => ({ ...idsOf({ data }), bytes: data.bytes }),
  }),
  'media.processing_failed.v1': handlersOf(recording, {
    RecordingProcessingFailed: ({ data }) => ({ ...idsOf({ data }), code: data.code, sentence: data.sentence }),
  }),
  'media.processing_retried.v1': handlersOf(recording, { RecordingProcessingRetried: idsOf }),
  'media.viewed.v1': handlersOf(viewing, {
    RecordingViewed: ({ data }) => ({ ...handedOut(data), camera: data.camera }),
  }),
  'media.downloaded.v1': handlersOf(viewing, { RecordingDownloaded: ({ data }) => handedOut(data) }),
  'media.deletion_requested.v1': handlersOf(recording, { RecordingDeletionRequested: idsOf }),
  'media.erased.v1': handlersOf(recording, {
    RecordingErased: ({ data }) => ({
      ...idsOf({ data }),
      removed: data.removed,
      keyFingerprints: data.keyFingerprints,
    }),
  }),
});
