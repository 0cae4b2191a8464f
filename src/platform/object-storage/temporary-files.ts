import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { absent, removeFile } from './disk-walk.js';

/** Whatever nobody has written to for so long was left by a process that died. */
const ABANDONED_MS = 60 * 60_000;

/** Files on their way to their place, which get their name there once they are written whole. */
export class TemporaryFiles {
  private constructor(private readonly folder: string) {}

  /** Makes the folder and sweeps out what dead processes left; what living ones are writing stays. */
  static async open(folder: string): Promise<TemporaryFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files = new TemporaryFiles(folder);
    await files.sweep();
    return files;
  }

  /** Writes a file and lets `place` give it a lasting name; `sync` makes its bytes durable. Nothing is left here. */
  async write(
    fill: (file: FileHandle) => Promise<void>,
    place: (path: string, sync: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const path = join(this.folder, randomUUID());
    const file = await open(path, 'wx', 0o600);
    try {
      await fill(file);
      await place(path, () => file.datasync());
    } finally {
      await Promise.all([file.close(), removeFile(path)]);
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
