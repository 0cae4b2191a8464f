import type { LocalFile, LocalRecording, LocalStore } from './local-store.js';
import type { SyncAccessHandle, SyncFile } from './sync-access.js';
import type { Track } from './tus.js';

const FOLDER = 'screendesk-recordings';
const ABOUT = 'recording.json';
/** The browser may hold a file for a moment after a crash or a reload. */
const OPEN_DELAYS_MS = [0, 200, 400, 600, 800];

/** The browser's private file system: a folder for each recording, a file for each track. Only workers may write so. */
export class DiskStore implements LocalStore {
  readonly storedIn = 'disk';

  private constructor(private readonly folder: FileSystemDirectoryHandle) {}

  /** @throws when this browser, or this private window, has no such file system */
  static async open(): Promise<DiskStore> {
    const root = await navigator.storage.getDirectory();
    const store = new DiskStore(await root.getDirectoryHandle(FOLDER, { create: true }));
    await store.prove();
    return store;
  }

  async save(recording: LocalRecording): Promise<void> {
    const folder = await this.folder.getDirectoryHandle(recording.id, { create: true });
    const handle = await writable(await folder.getFileHandle(ABOUT, { create: true }));
    const bytes = new TextEncoder().encode(JSON.stringify(recording));
    handle.truncate(bytes.length);
    handle.write(bytes, { at: 0 });
    handle.flush();
    handle.close();
  }

  async list(): Promise<LocalRecording[]> {
    const found: LocalRecording[] = [];
    for await (const folder of this.folder.values()) {
      if (folder.kind !== 'directory') continue;
      const about = await readAbout(folder as FileSystemDirectoryHandle);
      if (about) found.push(about);
    }
    return found;
  }

  async open(recording: LocalRecording, track: Track): Promise<LocalFile> {
    const folder = await this.folder.getDirectoryHandle(recording.id);
    const file = await folder.getFileHandle(track, { create: true });
    return new DiskFile(file, await writable(file));
  }

  async remove(recording: LocalRecording): Promise<void> {
    await this.folder.removeEntry(recording.id, { recursive: true });
  }

  private async prove(): Promise<void> {
    const name = `.proof-${crypto.randomUUID()}`;
    const file = (await this.folder.getFileHandle(name, { create: true })) as SyncFile;
    (await file.createSyncAccessHandle()).close();
    await this.folder.removeEntry(name);
  }
}

class DiskFile implements LocalFile {
  size: number;

  constructor(
    private readonly file: FileSystemFileHandle,
    private handle: SyncAccessHandle | null,
  ) {
    this.size = handle!.getSize();
  }

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const written = this.handle!.write(bytes, { at: this.size });
    if (written < bytes.length) throw new DOMException('The disk took only a part.', 'QuotaExceededError');
    this.handle!.flush();
    this.size += written;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.handle) {
      const part = (await this.file.getFile()).slice(offset, offset + length);
      return new Uint8Array(await part.arrayBuffer());
    }
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, this.handle.read(bytes, { at: offset }));
  }

  async seal(): Promise<void> {
    this.handle?.close();
    this.handle = null;
  }

  async blob(mediaType: string): Promise<Blob> {
    const file = await this.file.getFile();
    return file.slice(0, this.size, mediaType);
  }
}

async function writable(file: FileSystemFileHandle): Promise<SyncAccessHandle> {
  let refusal: unknown;
  for (const delay of OPEN_DELAYS_MS) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      return await (file as SyncFile).createSyncAccessHandle();
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

/** Null when a crash left the folder before it said what it is. */
async function readAbout(folder: FileSystemDirectoryHandle): Promise<LocalRecording | null> {
  try {
    return JSON.parse(await (await (await folder.getFileHandle(ABOUT)).getFile()).text()) as LocalRecording;
  } catch {
    return null;
  }
}
