import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import type { BoundedContext } from '#platform/contexts/bounded-context.js';
import { Media, Uploads, type UploadHost, StorageRoom } from './contract.js';
import { MeasuredRoom } from './uploads/measured-room.js';
import { DownloadRecordingHandler, ViewRecordingHandler } from './commands/view-recording.js';
import { MediaObjectsEraser } from './erasure/media-objects-eraser.js';
import { ProvableErasure } from './erasure/provable-erasure.js';
import { UploadRowsEraser } from './erasure/upload-rows-eraser.js';
import { recording } from './domain/recording.js';
import { viewing } from './domain/viewing.js';
import { MadeFiles } from './made-files/made-files.js';
import { mediaPublications } from './publications.js';
import { OwnedMedia } from './owners/owned-media.js';
import { OwnedUploads } from './owners/owned-uploads.js';
import type { OwnerEvents } from './owners/owner-events.js';
import { UPLOAD_HOSTS } from './owners/upload-hosts.js';
import { MediaController } from './playback/media-controller.js';
import { PlayableMedia } from './playback/playable-media.js';
import { UploadedMedia } from './playback/uploaded-media.js';
import { KnownViewings } from './playback/known-viewings.js';
import { ViewingsController } from './playback/viewings-controller.js';
import { CopyToMp4Handler, copyToMp4 } from './processors/copy-to-mp4.js';
import { EraseRecordingHandler, eraseRecordings } from './processors/erase-recording.js';
import { MediaWorkshop } from './processors/media-workshop.js';
import { ProcessMediaHandler, processMedia } from './processors/process-media.js';
import { ProcessingNotes } from './processors/processing-notes.js';
import { RemoveSegmentsHandler, removeSegments } from './processors/remove-segments.js';
import { SettleAbandonedHandler } from './processors/settle-abandoned.js';
import { SweepUploadsHandler } from './processors/sweep-uploads.js';
import { UnfinishedMedia } from './processors/unfinished-media.js';
import { Abandonment } from './uploads/abandonment.js';
import { uploads } from './uploads/uploads.js';
import { Attendance } from './uploads/attendance.js';

export { mediaAreKnown } from './uploads/media-known.js';

/** Who does the media context's jobs; each has a queue of its own. */
export const mediaJobHandlers = [
  ProcessMediaHandler,
  CopyToMp4Handler,
  RemoveSegmentsHandler,
  EraseRecordingHandler,
  SettleAbandonedHandler,
  SweepUploadsHandler,
];
/** @param owners of each context that recordings belong to */
export function mediaContext(...owners: readonly OwnerEvents[]): BoundedContext {
  return {
    name: 'media',
    streams: [recording, viewing],
    projections: [],
    processors: [processMedia(owners), copyToMp4, removeSegments, eraseRecordings(owners)],
    publications: mediaPublications,
  };
}

/** What the reconciler asks for work that should have ended. */
export const mediaUnfinishedWork = [UnfinishedMedia];
/** Objects first: what is taken away with the rows is not counted. */
export const mediaErasers = [MediaObjectsEraser, UploadRowsEraser];

export interface MediaOptions {
  /** The contexts that recordings belong to, exporting their hosts. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly hosts: readonly Type<UploadHost>[];
}

@Module({
  controllers: [MediaController, ViewingsController, ...uploads.controllers],
  providers: [
    ...uploads.providers,
    ...mediaJobHandlers,
    ...mediaUnfinishedWork,
    ...[ViewRecordingHandler, DownloadRecordingHandler, KnownViewings],
    ...[PlayableMedia, UploadedMedia, MadeFiles, MediaWorkshop, ProcessingNotes],
    ...[Abandonment, Attendance, ProvableErasure, ...mediaErasers],
    { provide: Media, useClass: OwnedMedia },
    { provide: Uploads, useClass: OwnedUploads },
    { provide: StorageRoom, useClass: MeasuredRoom },
  ],
  exports: [Media, Uploads, StorageRoom, ...mediaErasers, ...mediaJobHandlers, ...mediaUnfinishedWork],
})
export class MediaModule {
  /** For every context, which knows its ports by the contract alone. */
  static forRoot({ imports, hosts }: MediaOptions): DynamicModule {
    const together = { provide: UPLOAD_HOSTS, inject: [...hosts], useFactory: (...all: UploadHost[]) => all };
    return { module: MediaModule, global: true, imports, providers: [together] };
  }
}
