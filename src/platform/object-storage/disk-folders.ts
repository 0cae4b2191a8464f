import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { syncDirectory } from '#platform/files/sync-directory.js';
import type { DiskMark } from './disk-mark.js';
import { absent } from './disk-walk.js';

const MOST_KNOWN = 10_000;

/**
 * Makes folders and the names in them durable, with as few fsyncs as that takes: whoever asks while one is running
 * shares the next one.
 */
export class DiskFolders {
  /** Folders whose own names are durable all the way up to the root. */
  private readonly known = new Set<string>();
  private readonly turns = new Map<string, { next: Promise<void> | null; running: Promise<void> }>();

  constructor(
    private readonly root: string,
    private readonly mark: Pick<DiskMark, 'prove'>,
  ) {}

  /** The folder exists and will after a power cut. @throws ObjectStorageAway rather than make it where the disk is not */
  async ensure(folder: string): Promise<void> {
    if (this.known.has(folder)) return;
    await this.mark.prove();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    let parent = dirname(this.root);
    for (const name of ['.', ...relative(this.root, folder).split(sep)]) {
      await this.sync(parent);
      parent = name === '.' ? this.root : join(parent, name);
    }
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.add(folder);
  }

  /** Forgets what is about to be deleted, this folder and all below. */
  forget(folder: string): void {
    for (const each of this.known) if (`${each}${sep}`.startsWith(`${folder}${sep}`)) this.known.delete(each);
  }

  /** Resolves when an fsync of the folder that began after this call is done, or when the folder is gone. */
  sync(folder: string): Promise<void> {
    const turn = this.turns.get(folder);
    if (!turn) return this.begin(folder);
    turn.next ??= turn.running.catch(() => undefined).then(() => this.begin(folder));
    return turn.next;
  }

  private begin(folder: string): Promise<void> {
    const turn = {
      next: null as Promise<void> | null,
      running: syncDirectory(folder).catch((error) => absent(error, undefined)),
    };
    this.turns.set(folder, turn);
    const end = () => void (turn.next || this.turns.delete(folder));
    turn.running.then(end, end);
    return turn.running;
  }
}
