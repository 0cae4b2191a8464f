import { apiKey } from '#modules/identity/domain/api-key.js';
import { member } from '#modules/identity/domain/member.js';
import { workspace } from '#modules/identity/domain/workspace.js';
import { identityPublications } from '#modules/identity/publications.js';
import { recording } from '#modules/media/domain/recording.js';
import { viewing } from '#modules/media/domain/viewing.js';
import { mediaPublications } from '#modules/media/publications.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import * as lists from '#modules/recording/projections/recording-list.js';
import * as requests from '#modules/recording/projections/request-list.js';
import { recordingPublications } from '#modules/recording/publications.js';
import { composed, type BoundedContext } from '#platform/contexts/bounded-context.js';

/** The contexts as far as lists of recordings go: without their jobs, and of identity only what it publishes. */
export const contexts: readonly BoundedContext[] = [
  {
    name: 'identity',
    streams: [workspace, member, apiKey],
    projections: [],
    processors: [],
    publications: identityPublications,
  },
  { name: 'media', streams: [recording, viewing], projections: [], processors: [], publications: mediaPublications },
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
