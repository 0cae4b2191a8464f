import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { absent, removeFile } from './disk-walk.js';

/** Whatever nobody has written to for so long was left by a process that died. */
const ABANDONED_MS = 60 * 60_000;

/** Files on their way to their place: written whole and made durable first, then renamed. */
export class TemporaryFiles {
  private constructor(private readonly folder: string) {}

  /** Makes the folder and sweeps out what dead processes left; what living ones are writing stays. */
  static async open(folder: string): Promise<TemporaryFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files = new TemporaryFiles(folder);
    await files.sweep();
    return files;
  }

  /** Writes a durable file, hands it to `place`, and removes it if anything fails. */
  async write(fill: (file: FileHandle) => Promise<void>, place: (path: string) => Promise<void>): Promise<void> {
    const path = join(this.folder, randomUUID());
    const file = await open(path, 'wx', 0o600);
    try {
      try {
        await fill(file);
        await file.datasync();
      } finally {
        await file.close();
      }
      await place(path);
    } catch (error) {
      await removeFile(path);
      throw error;
    }
  }

  private async sweep(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const { mtimeMs } = await stat(path).catch((error) => absent(error, { mtimeMs: Infinity }));
      if (mtimeMs < Date.now() - ABANDONED_MS) await removeFile(path);
    }
  }
}
