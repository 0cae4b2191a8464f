import { libraryQuery, matchesLibrary, type LibraryFilters } from '#lib/agent/filters.js';
import { getRecording, listRecordings } from '#lib/api/recordings.js';
import type { RecordingView } from '#lib/api/types.js';

/** The recordings that match, for a list that pages and lives. */
export function recordingsMatching(filters: () => LibraryFilters) {
  return {
    page: (cursor: string | undefined, signal: AbortSignal) =>
      listRecordings({ ...libraryQuery(filters()), cursor }, signal),
    one: getRecording,
    at: (recording: RecordingView) => recording.receivedAt,
    matches: (recording: RecordingView) => recording.status !== 'deleting' && matchesLibrary(filters(), recording),
    // Words are sealed: only the server can tell whether a new recording matches a search.
    addsUnasked: () => filters().q === '',
  };
}
