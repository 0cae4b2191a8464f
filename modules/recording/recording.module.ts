import { Module } from '@nestjs/common';
import { WatchableRecordings } from '#modules/media/contract.js';
import type { BoundedContext } from '#platform/contexts/bounded-context.js';
import { changeRequestHandlers } from './commands/change-request.js';
import { ArrivedRecordings } from './capture/arrived-recordings.js';
import { DeleteRecordingHandler } from './commands/delete-recording.js';
import { DiscardRecordingHandler } from './commands/discard-recording.js';
import { EraseEndedRequestHandler } from './commands/erase-ended-request.js';
import { GiveConsentHandler } from './commands/give-consent.js';
import { ReceivedRecordings } from './capture/received-recordings.js';
import { RemindCustomerHandler } from './commands/remind-customer.js';
import { RepeatErasureHandler } from './commands/repeat-erasure.js';
import { RequestRecordingHandler } from './commands/request-recording.js';
import { RetryProcessingHandler } from './commands/retry-processing.js';
import { SettleAbandonedRecordingHandler } from './commands/settle-abandoned-recording.js';
import { requestMedia } from './capture/request-media.js';
import { RequestUploads } from './capture/request-uploads.js';
import { UploadAllowance } from './capture/upload-allowance.js';
import { SubmitRecordingHandler } from './commands/submit-recording.js';
import { recordingRequest } from './domain/recording-request.js';
import { ChangesController } from './http/changes-controller.js';
import { CustomerController } from './http/customer-controller.js';
import { CustomerPosters } from './http/customer-posters.js';
import { LinkController } from './http/link-controller.js';
import { RecordingsController } from './http/recordings-controller.js';
import { RequestsController } from './http/requests-controller.js';
import { CustomerAuthenticator } from './links/customer-authenticator.js';
import { CustomerCapabilities } from './links/customer-capability.js';
import { LinkRedemption } from './links/link-redemption.js';
import { Links } from './links/links.js';
import { EndRetentionHandler } from './processors/end-retention.js';
import { ExpireRequestHandler, expireRequests } from './processors/expire-request.js';
import { recordingList } from './projections/recording-list.js';
import { requestList } from './projections/request-list.js';
import { recordingPublications } from './publications.js';
import { Requesters } from './queries/requesters.js';
import { LinkViews } from './queries/link-view.js';
import { LiveChanges } from './queries/live-changes.js';
import { OpenedLinks } from './queries/opened-links.js';
import { PastRetention } from './queries/past-retention.js';
import { RecordingQueries } from './queries/recording-queries.js';
import { RequestQueries } from './queries/request-queries.js';
import { RequestReads } from './queries/request-reads.js';
import { RequestedRecordings } from './queries/requested-recordings.js';

const commands = [
  ...changeRequestHandlers,
  ...[RequestRecordingHandler, RemindCustomerHandler, SubmitRecordingHandler, DiscardRecordingHandler],
  ...[SettleAbandonedRecordingHandler, DeleteRecordingHandler, RepeatErasureHandler, EraseEndedRequestHandler],
  ...[RetryProcessingHandler, GiveConsentHandler],
];
const queries = [
  ...[RequestQueries, RequestReads, RecordingQueries, Requesters, LinkViews, OpenedLinks, LiveChanges, PastRetention],
];
const links = [Links, LinkRedemption, CustomerCapabilities, CustomerAuthenticator];
/** Who answers for what customers upload. */
export const recordingHosts = [RequestUploads];

/** What media ask of the context that their recordings belong to. */
const ownership = [{ provide: WatchableRecordings, useClass: RequestedRecordings }];

/** Who does the recording context's jobs; each has a queue of its own. */
export const recordingJobHandlers = [ExpireRequestHandler, EndRetentionHandler];
export const recordingContext: BoundedContext = {
  name: 'recording',
  streams: [recordingRequest],
  projections: [requestList, recordingList],
  processors: [expireRequests],
  publications: recordingPublications,
};

export { CustomerAuthenticator, requestMedia };

@Module({
  controllers: [...[LinkController, CustomerController, RequestsController, RecordingsController], ChangesController],
  providers: [
    ...[...commands, ...queries, ...links, ...ownership, ...recordingHosts, ...recordingJobHandlers],
    ...[UploadAllowance, ReceivedRecordings, ArrivedRecordings, CustomerPosters],
  ],
  exports: [
    CustomerAuthenticator,
    ...recordingHosts,
    ...ownership.map(({ provide }) => provide),
    ...recordingJobHandlers,
  ],
})
export class RecordingModule {}
