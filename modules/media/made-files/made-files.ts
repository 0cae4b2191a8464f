import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { KeyRing, SubjectErased } from '#platform/key-ring/key-ring.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { madeFileKey, type MadeFile } from './media-keys.js';

/** What was made of recordings: kept sealed under the recording's key, and never beyond its erasure. */
@Injectable()
export class MadeFiles {
  constructor(
    private readonly objects: SealedObjects,
    private readonly keys: KeyRing,
  ) {}

  /** @throws SubjectErased; nothing is kept then, even if the erasure came in the middle */
  async keep(recordingId: string, file: MadeFile, content: Buffer | Readable): Promise<void> {
    const key = madeFileKey(recordingId, file);
    if (Buffer.isBuffer(content)) await this.objects.put(recordingId, key, content);
    else await this.objects.putStream(recordingId, key, content);
    // An erasure destroys the key before it looks for objects: either it saw this one, or we see that the key is gone.
    if (!(await this.keys.isErased(recordingId))) return;
    await this.objects.delete(key);
    throw new SubjectErased(recordingId);
  }

  /** Whether it is there, with an end to its beginning: both open with the recording's key, so nobody else made them. */
  async isWhole(recordingId: string, file: MadeFile): Promise<boolean> {
    const key = madeFileKey(recordingId, file);
    const size = await this.objects.size(key);
    if (size === null || (await this.keys.isErased(recordingId))) return false;
    for (const at of [0, size - 1])
      (await this.objects.get(recordingId, key, { start: at, end: at })).on('error', () => undefined).destroy();
    return true;
  }

  async has(recordingId: string, file: MadeFile): Promise<boolean> {
    return (await this.objects.size(madeFileKey(recordingId, file))) !== null;
  }
}
