import { Injectable } from '@nestjs/common';
import { CountedErasure, type Erased } from '#platform/erasure/counted-erasure.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { recordingPrefix } from '../made-files/media-keys.js';
import { UploadLifecycle } from '../uploads/upload-lifecycle.js';

/** Destroys everything under a recording's key, and what its uploads say. May be repeated. */
@Injectable()
export class MediaErasure {
  constructor(
    private readonly erasure: CountedErasure,
    private readonly objects: ObjectStorage,
    private readonly uploads: UploadLifecycle,
  ) {}

  async erase(recordingId: string): Promise<Erased> {
    const prefix = recordingPrefix(recordingId);
    const erased = await this.erasure.erase(recordingId, {
      count: () => this.objectsUnder(prefix),
      remove: () => this.objects.deletePrefix(prefix),
    });
    await this.uploads.discard(recordingId);
    return erased;
  }

  private async objectsUnder(prefix: string): Promise<number> {
    let count = 0;
    for await (const _ of this.objects.list(prefix)) count++;
    return count;
  }
}
