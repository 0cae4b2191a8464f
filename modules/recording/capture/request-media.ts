import type { Cut, OwnedRecording } from '#modules/media/contract.js';
import { causeOf, type Cause } from '#platform/jobs/caused-by.js';
import { subscriptionsTo, type Handlers } from '#platform/streams/handlers.js';
import { recordingPublished } from '../contract.js';
import { ownerOf } from './request-owner.js';

type Told<Said> = Handlers<[], Cause & OwnedRecording & Said>;

const sent: Told<Cut> = subscriptionsTo(recordingPublished, {
  'recording.submitted.v1': (event) => {
    const { recordingId, requestId, trim, camera } = event.data;
    return { ...causeOf(event), recordingId, owner: ownerOf(requestId), trim, camera };
  },
});

const discarded: Told<{ readonly waitedFor: boolean }> = subscriptionsTo(recordingPublished, {
  'recording.discarded.v1': (event) => {
    const { recordingId, requestId, why } = event.data;
    return { ...causeOf(event), recordingId, owner: ownerOf(requestId), waitedFor: why === 'customer' };
  },
});

/** What media hear of the recordings that were made for requests. */
export const requestMedia = { sent, discarded };
