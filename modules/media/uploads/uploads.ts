import { KnownUploads } from './known-uploads.js';
import { SegmentCommits } from './segment-commits.js';
import { SegmentRemoval } from './segment-removal.js';
import { SegmentedMedia } from './segmented-media.js';
import { TusController } from './tus.controller.js';
import { UploadAppends } from './upload-appends.js';
import { UploadCompletion } from './upload-completion.js';
import { UploadCompletionController } from './upload-completion.controller.js';
import { UploadDigests } from './upload-digests.js';
import { UploadIntake } from './upload-intake.js';
import { UploadLifecycle } from './upload-lifecycle.js';
import { UploadOpening } from './upload-opening.js';
import { UploadRows } from './upload-rows.js';
import { UploadTermination } from './upload-termination.js';
import { UploadHosts } from '../owners/upload-hosts.js';

/**
 * The parts of the upload path, for the recording module to put together with what they need: `Database`,
 * `SealedObjects`, `ObjectStorage` and its own `UploadedRecordings`.
 */
export const uploads = {
  controllers: [TusController, UploadCompletionController],
  providers: [
    ...[KnownUploads, SegmentCommits, SegmentedMedia, SegmentRemoval, UploadAppends, UploadCompletion, UploadDigests],
    ...[UploadIntake, UploadLifecycle, UploadOpening, UploadRows, UploadTermination, UploadHosts],
  ],
};
