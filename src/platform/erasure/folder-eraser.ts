import type { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { Eraser, NOTHING, type Removed } from './eraser.js';

/** Stored objects: all that lies in a folder which is the subject's alone. */
export class FolderEraser extends Eraser {
  constructor(
    readonly store: string,
    private readonly objects: ObjectStorage,
    /** Ends with `/`. */
    private readonly folderOf: (subject: string) => string,
  ) {
    super();
  }

  async found(subject: string): Promise<Removed> {
    return { ...NOTHING, ...(await this.objects.count(this.folderOf(subject))) };
  }

  async erase(subject: string): Promise<Removed> {
    return { ...NOTHING, ...(await this.objects.deletePrefix(this.folderOf(subject))) };
  }
}
