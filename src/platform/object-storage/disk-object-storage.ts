import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { DiskFolders } from './disk-folders.js';
import { DiskMark } from './disk-mark.js';
import { absent, fileName, folderName, removeFile, removeFolder, sizeOf, walk } from './disk-walk.js';
import { GrowingFiles } from './growing-files.js';
import { checkedFolder, checkedKey, checkedPrefix, checkedRange } from './object-keys.js';
import { ObjectMissing, ObjectStorage, RangeOutside } from './object-storage.js';
import type { ByteRange, Holding, Place, StoredObject } from './object-storage.js';
import { TemporaryFiles } from './temporary-files.js';

const READ_AHEAD = 256 * 1024;

/**
 * Objects as files below `<root>/objects`. An object appears whole and durable or not at all: a temporary file is
 * written and synced, renamed into place, and the folder is synced before the put is acknowledged. What is added goes to
 * the end of a file instead: no name has to be made durable for it, which costs more than the bytes do.
 */
export class DiskObjectStorage extends ObjectStorage {
  private readonly folders: DiskFolders;
  private readonly growing: GrowingFiles;

  private constructor(
    private readonly root: string,
    private readonly temporary: TemporaryFiles,
    private readonly mark: DiskMark,
  ) {
    super();
    this.folders = new DiskFolders(root, mark);
    this.growing = new GrowingFiles(this.folders);
  }

  /**
   * @param directory made if absent; several processes may share it
   * @param knowsObjects whether the database says that objects were stored
   * @throws StartProblem when they are not here
   */
  static async open(
    directory: string,
    knowsObjects: () => Promise<boolean> = async () => false,
  ): Promise<DiskObjectStorage> {
    const mark = await DiskMark.of(resolve(directory), knowsObjects);
    const temporary = await TemporaryFiles.open(join(resolve(directory), 'tmp'));
    return new DiskObjectStorage(join(resolve(directory), 'objects'), temporary, mark);
  }

  override async put(key: string, body: Buffer): Promise<void> {
    await this.write(key, (file) => file.writeFile(body));
  }

  override async add(folder: string, body: Buffer): Promise<Place> {
    const { name, start } = await this.growing.add(this.folderOf(checkedFolder(folder)), body);
    return { key: folder + name, start };
  }

  override async putStream(key: string, body: Readable): Promise<number> {
    let size = 0;
    const fill = async (file: FileHandle) => {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        await file.writeFile(chunk);
        size += chunk.length;
      }
    };
    await this.write(key, fill).finally(() => body.destroy());
    return size;
  }

  override async get(key: string, range?: ByteRange): Promise<Readable> {
    const { start, end } = checkedRange(key, range) ?? { start: 0, end: Infinity };
    const file = await open(this.pathOf(key), 'r').catch((error) => absent(error, null));
    if (!file) {
      await this.mark.prove();
      throw new ObjectMissing(key);
    }
    try {
      const { size } = await file.stat();
      if (range && start >= size) throw new RangeOutside(key, range);
      return file.createReadStream({ start, end, highWaterMark: READ_AHEAD });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  override async head(key: string): Promise<StoredObject | null> {
    const size = await sizeOf(this.pathOf(key));
    if (size !== null) return { key, size };
    await this.mark.prove();
    return null;
  }

  override list(prefix: string): AsyncIterable<StoredObject> {
    const base = checkedPrefix(prefix).slice(0, prefix.lastIndexOf('/') + 1);
    return this.listed(walk(this.folderOf(base), base, prefix));
  }

  /** That there is no more is proven at the end, since what is there is unseen from then on if the disk goes. */
  private async *listed(found: AsyncIterable<StoredObject>): AsyncGenerator<StoredObject> {
    yield* found;
    await this.mark.prove();
  }

  override async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    this.growing.forget(dirname(path));
    if (await removeFile(path)) await this.folders.sync(dirname(path));
    else await this.mark.prove();
  }

  override async count(prefix: string): Promise<Holding> {
    let objects = 0;
    for await (const _ of this.list(checkedFolder(prefix))) objects++;
    return { objects, versions: objects };
  }

  override async deletePrefix(prefix: string): Promise<Holding> {
    const folder = this.folderOf(checkedFolder(prefix));
    this.folders.forget(folder);
    this.growing.forget(folder);
    const objects = await removeFolder(folder);
    if (objects) await this.folders.sync(dirname(folder));
    await this.mark.prove();
    return { objects, versions: objects };
  }

  private async write(key: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = this.pathOf(key);
    await this.temporary
      .write(fill, (temporary) => this.place(temporary, path))
      .catch(async (error: unknown) => {
        await this.mark.prove();
        throw error;
      });
  }

  /** The folder may be deleted while it is being made, or before it is used; then it is made again. */
  private async place(temporary: string, path: string): Promise<void> {
    const folder = dirname(path);
    const attempt = async () => {
      await this.folders.ensure(folder);
      await rename(temporary, path);
      return true;
    };
    while (!(await attempt().catch((error) => absent(error, false)))) {
      this.folders.forget(folder);
      if ((await sizeOf(temporary)) === null) throw new Error(`${temporary} was removed while in use`);
    }
    await this.folders.sync(folder);
  }

  private pathOf(key: string): string {
    const names = checkedKey(key).split('/');
    return join(this.root, ...names.slice(0, -1).map(folderName), fileName(names.at(-1)!));
  }

  private folderOf(base: string): string {
    return join(this.root, ...base.split('/').map(folderName));
  }
}
