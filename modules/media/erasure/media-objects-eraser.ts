import { Injectable } from '@nestjs/common';
import { FolderEraser } from '#platform/erasure/folder-eraser.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { recordingPrefix } from '../made-files/media-keys.js';

/** Everything that lies under a recording's key: its segments, and what was made of them. */
@Injectable()
export class MediaObjectsEraser extends FolderEraser {
  constructor(objects: ObjectStorage) {
    super('media objects', objects, recordingPrefix);
  }
}
