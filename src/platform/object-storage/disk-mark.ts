import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartProblem } from '#platform/config/start-problem.js';
import { syncDirectory } from '#platform/files/sync-directory.js';
import { absent } from './disk-walk.js';
import { ObjectStorageAway } from './object-storage.js';

const NAME = 'screendesk-store';
const WORDS =
  'Recordings of Screendesk, sealed. Where this file is missing, the disk that holds them is taken for not mounted: keep it.\n';
/** What a file system brings along by itself. */
const NOT_OURS = new Set(['lost+found']);

/**
 * The file by which a store on disk is known. A disk that is not mounted leaves an empty folder in its place: all that
 * lies on the disk would be missing there, and what is written there would be lost from sight once it is mounted again.
 */
export class DiskMark {
  private constructor(private readonly directory: string) {}

  /**
   * Makes the mark in a new store, and in one from before there were marks.
   * @param knowsObjects whether the database says that objects were stored
   * @throws StartProblem when they are not here
   */
  static async of(directory: string, knowsObjects: () => Promise<boolean>): Promise<DiskMark> {
    const mark = new DiskMark(directory);
    if (await mark.isThere()) return mark;
    const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => absent(error, []));
    const isEmpty = entries.every((name) => NOT_OURS.has(name));
    if (isEmpty && (await knowsObjects())) throw new NotMounted(directory);
    await mark.make();
    return mark;
  }

  /** What was not found is really not there, rather than out of sight. @throws ObjectStorageAway */
  async prove(): Promise<void> {
    if (!(await this.isThere())) throw new ObjectStorageAway(new NotMounted(this.directory));
  }

  private isThere(): Promise<boolean> {
    return stat(join(this.directory, NAME)).then(
      () => true,
      (error: NodeJS.ErrnoException) => absent(error, false),
    );
  }

  /** Several processes may do so at once. */
  private async make(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const file = await open(join(this.directory, NAME), 'w', 0o600);
    try {
      await file.writeFile(WORDS);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncDirectory(this.directory);
  }
}

class NotMounted extends StartProblem {
  constructor(directory: string) {
    super(
      `The folder ${directory} holds no recordings, though there are some: its disk is not mounted, or DATA_DIR is another. ` +
        `Mount it, or set DATA_DIR as it was; if they are lost, make an empty file "${NAME}" in it.`,
    );
  }
}
