import { recording } from '#modules/media/domain/recording.js';
import { mediaPublications } from '#modules/media/publications.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import * as lists from '#modules/recording/projections/recording-list.js';
import * as requests from '#modules/recording/projections/request-list.js';
import { recordingPublications } from '#modules/recording/publications.js';
import { composed, type BoundedContext } from '#platform/contexts/bounded-context.js';

/** The media context without its jobs, and the recording context without its own. */
export const contexts: readonly BoundedContext[] = [
  { name: 'media', streams: [recording], projections: [], processors: [], publications: mediaPublications },
  {
    name: 'recording',
    streams: [recordingRequest],
    projections: [requests.requestList, lists.recordingList],
    processors: [],
    publications: recordingPublications,
  },
];

/** The lists of requests and recordings as the program composes them: with what they subscribed to. */
export const [requestList, recordingList] = composed(contexts).projections as [
  BoundedContext['projections'][number],
  BoundedContext['projections'][number],
];
