import { Module } from '@nestjs/common';
import type { Projection } from '#platform/projections/projection.js';
import type { Processor } from '#platform/jobs/job.js';
import { changeRequestHandlers } from './commands/change-request.js';
import { ArrivedRecordings } from './commands/arrived-recordings.js';
import { DeleteRecordingHandler } from './commands/delete-recording.js';
import { DiscardRecordingHandler } from './commands/discard-recording.js';
import { EraseEndedRequestHandler } from './commands/erase-ended-request.js';
import { ReceivedRecordings } from './commands/received-recordings.js';
import { RemindCustomerHandler } from './commands/remind-customer.js';
import { RepeatErasureHandler } from './commands/repeat-erasure.js';
import { RequestRecordingHandler } from './commands/request-recording.js';
import { RetryProcessingHandler } from './commands/retry-processing.js';
import { SettleAbandonedRecordingHandler } from './commands/settle-abandoned-recording.js';
import { StartedRecordings } from './commands/started-recordings.js';
import { UploadAllowance } from './commands/upload-allowance.js';
import { SubmitRecordingHandler } from './commands/submit-recording.js';
import { CountedErasure } from './erasure/counted-erasure.js';
import { ProvableErasure } from './erasure/provable-erasure.js';
import { RecordingErasure } from './erasure/recording-erasure.js';
import { ChangesController } from './http/changes-controller.js';
import { CustomerController } from './http/customer-controller.js';
import { CustomerPosters } from './http/customer-posters.js';
import { LinkController } from './http/link-controller.js';
import { MediaController } from './http/media-controller.js';
import { RecordingsController } from './http/recordings-controller.js';
import { RequestsController } from './http/requests-controller.js';
import { CustomerAuthenticator } from './links/customer-authenticator.js';
import { CustomerCapabilities } from './links/customer-capability.js';
import { LinkDoor } from './links/link-door.js';
import { Links } from './links/links.js';
import { MadeFiles } from './made-files.js';
import { AbandonedRule } from './processors/abandoned-rule.js';
import { EndRetentionHandler } from './processors/end-retention.js';
import { EraseRecordingHandler, eraseRecordings } from './processors/erase-recording.js';
import { ExpireRequestHandler, expireRequests } from './processors/expire-request.js';
import { CopyToMp4Handler, copyToMp4 } from './processors/copy-to-mp4.js';
import { MediaWorkshop } from './processors/media-workshop.js';
import { ProcessMediaHandler, processMedia } from './processors/process-media.js';
import { ProcessingNotes } from './processors/processing-notes.js';
import { RemoveSegmentsHandler, removeSegments } from './processors/remove-segments.js';
import { SettleAbandonedHandler } from './processors/settle-abandoned.js';
import { SweepUploadsHandler } from './processors/sweep-uploads.js';
import { recordingList } from './projections/recording-list.js';
import { requestList } from './projections/request-list.js';
import { Askers } from './queries/askers.js';
import { LinkViews } from './queries/link-view.js';
import { LiveChanges } from './queries/live-changes.js';
import { PastRetention } from './queries/past-retention.js';
import { PlayableMedia } from './queries/playable-media.js';
import { RecordingQueries } from './queries/recording-queries.js';
import { RequestQueries } from './queries/request-queries.js';
import { UploadedMedia } from './queries/uploaded-media.js';
import { UploadedRecordings } from './uploads/recordings-port.js';
import { uploads } from './uploads/uploads.js';
import { WebAttendance } from './web-attendance.js';

const commands = [
  ...changeRequestHandlers,
  ...[RequestRecordingHandler, RemindCustomerHandler, SubmitRecordingHandler, DiscardRecordingHandler],
  ...[SettleAbandonedRecordingHandler, DeleteRecordingHandler, RepeatErasureHandler, EraseEndedRequestHandler],
  RetryProcessingHandler,
];
const queries = [
  ...[RequestQueries, RecordingQueries, PlayableMedia, UploadedMedia],
  ...[Askers, LinkViews, LiveChanges, PastRetention],
];
const links = [Links, LinkDoor, CustomerCapabilities, CustomerAuthenticator];
const jobs = [AbandonedRule, MediaWorkshop, ProcessingNotes];

/** Who does the recording context's jobs; each has a queue of its own. */
export const recordingJobHandlers = [
  ProcessMediaHandler,
  CopyToMp4Handler,
  RemoveSegmentsHandler,
  ExpireRequestHandler,
  EraseRecordingHandler,
  SettleAbandonedHandler,
  SweepUploadsHandler,
  EndRetentionHandler,
];
export const recordingProjections: readonly Projection[] = [requestList, recordingList];
export const recordingProcessors = [
  processMedia,
  copyToMp4,
  removeSegments,
  expireRequests,
  eraseRecordings,
] as readonly Processor[];

@Module({
  controllers: [
    ...[LinkController, CustomerController, RequestsController, RecordingsController, MediaController],
    ...[ChangesController, ...uploads.controllers],
  ],
  providers: [
    ...[...commands, ...queries, ...links, ...jobs, ...recordingJobHandlers, ...uploads.providers],
    CountedErasure,
    RecordingErasure,
    ProvableErasure,
    UploadAllowance,
    ReceivedRecordings,
    ArrivedRecordings,
    MadeFiles,
    WebAttendance,
    CustomerPosters,
    { provide: UploadedRecordings, useClass: StartedRecordings },
  ],
  exports: [CustomerAuthenticator, ...recordingJobHandlers],
})
export class RecordingModule {}
