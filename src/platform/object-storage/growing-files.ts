import { randomUUID } from 'node:crypto';
import { constants, fstatSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { DiskFolders } from './disk-folders.js';
import { absent, fileName, removeFile } from './disk-walk.js';

/** Files that wait for the next addition: how many at most, and for how long. A deleted one keeps its room until it is closed. */
const MOST_WAITING = 500;
const PATIENCE_MS = 60_000;

const { O_WRONLY, O_CREAT, O_EXCL, O_DSYNC } = constants;
/** Linux writes and syncs in one call. macOS, whose `O_DSYNC` leaves out the disk's own cache, and Windows need two. */
const SYNCS_AS_IT_WRITES = process.platform === 'linux';
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | (SYNCS_AS_IT_WRITES ? O_DSYNC : 0);

interface Growing {
  readonly name: string;
  readonly path: string;
  readonly file: FileHandle;
  /** Where the next addition goes. */
  readonly end: number;
}

interface Waiting {
  readonly growing: Growing;
  readonly giveUp: NodeJS.Timeout;
}

/**
 * Files that only ever grow, each written by one addition at a time and by this process alone. So a file's length is
 * known without asking, what a crash cut off is never followed by anything, and nobody waits for anybody.
 */
export class GrowingFiles {
  /** By folder; whoever waits the longest comes first. */
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly folders: DiskFolders,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @returns the name of the file in the folder and where in it the bytes begin, once both are durable */
  async add(folder: string, bytes: Buffer): Promise<{ name: string; start: number }> {
    for (;;) {
      const growing = this.take(folder) ?? (await this.begin(folder));
      const start = growing.end;
      const isThere = await orTakeBack(growing, append(growing, bytes));
      if (isThere) {
        this.keep(folder, { ...growing, end: start + bytes.length });
        return { name: growing.name, start };
      }
      await growing.file.close();
    }
  }

  /** Closes what waits in this folder and below: it is about to be deleted. */
  forget(folder: string): void {
    for (const each of this.waiting.keys()) if (`${each}${sep}`.startsWith(`${folder}${sep}`)) this.close(each);
  }

  private take(folder: string): Growing | null {
    const found = this.waiting.get(folder);
    if (!found) return null;
    clearTimeout(found.giveUp);
    this.waiting.delete(folder);
    return found.growing;
  }

  private keep(folder: string, growing: Growing): void {
    this.close(folder); // Two additions at once had a file each.
    this.waiting.set(folder, { growing, giveUp: setTimeout(() => this.close(folder), this.patienceMs).unref() });
    if (this.waiting.size > MOST_WAITING) this.close(this.waiting.keys().next().value!);
  }

  /** Whatever closing says: what was added is durable. */
  private close(folder: string): void {
    this.take(folder)
      ?.file.close()
      .catch(() => undefined);
  }

  /** The folder may be deleted while it is being made; then it is made again. */
  private async begin(folder: string): Promise<Growing> {
    const name = randomUUID();
    const path = join(folder, fileName(name));
    const attempt = async () => {
      await this.folders.ensure(folder);
      return open(path, NEW_FILE, 0o600);
    };
    for (;;) {
      const file = await attempt().catch((error) => absent(error, null));
      if (file) {
        const growing = { name, path, file, end: 0 };
        await orTakeBack(growing, this.folders.sync(folder));
        return growing;
      }
      this.folders.forget(folder);
    }
  }
}

/** What failed does not stay: on a full disk, retries would eat whatever comes free. Nor is its file used again. */
async function orTakeBack<T>({ path, file, end }: Growing, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await (end ? file.truncate(end) : removeFile(path)).catch(() => undefined);
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** @returns false when the file was deleted meanwhile, perhaps by another process: then nothing was kept */
async function append({ file, end }: Growing, bytes: Buffer): Promise<boolean> {
  const { bytesWritten } = await file.write(bytes, 0, bytes.length, end);
  if (bytesWritten < bytes.length) throw new Error(`Only ${bytesWritten} of ${bytes.length} bytes fitted on the disk`);
  if (!SYNCS_AS_IT_WRITES) await file.datasync();
  return fstatSync(file.fd).nlink > 0; // of an open file: no disk is asked, and a thread would cost more
}
