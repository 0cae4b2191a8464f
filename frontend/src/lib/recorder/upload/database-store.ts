import { Chunks } from './chunks.js';
import type { LocalFile, LocalRecording, LocalStore } from './local-store.js';
import type { Track } from './tus.js';

const RECORDINGS = 'recordings';
const CHUNKS = 'chunks';

/** IndexedDB, where a browser refuses its file system: slower, and as safe. Chunks are keyed by recording, track and offset. */
export class DatabaseStore implements LocalStore {
  readonly storedIn = 'database';

  private constructor(private readonly database: IDBDatabase) {}

  /** @throws when this browser, or this private window, refuses databases too */
  static async open(): Promise<DatabaseStore> {
    const request = indexedDB.open('screendesk', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RECORDINGS, { keyPath: 'id' });
      request.result.createObjectStore(CHUNKS);
    };
    return new DatabaseStore(await answer(request));
  }

  async save(recording: LocalRecording): Promise<void> {
    await this.change(RECORDINGS, (store) => store.put(structuredClone(recording)));
  }

  async list(): Promise<LocalRecording[]> {
    return answer(this.store(RECORDINGS).getAll()) as Promise<LocalRecording[]>;
  }

  async open(recording: LocalRecording, track: Track): Promise<LocalFile> {
    const chunks = new Chunks((offset) => answer(this.store(CHUNKS).get([recording.id, track, offset])));
    const keys = await answer(this.store(CHUNKS).getAllKeys(range(recording.id, track)));
    for (const [, , offset] of keys as [string, string, number][])
      chunks.learn(offset, (await chunks.load(offset)).byteLength);
    return new DatabaseFile(chunks, (offset, bytes) =>
      this.change(CHUNKS, (store) => store.add(bytes.slice().buffer, [recording.id, track, offset])),
    );
  }

  async remove(recording: LocalRecording): Promise<void> {
    await this.change(CHUNKS, (store) => store.delete(IDBKeyRange.bound([recording.id], [recording.id, []])));
    await this.change(RECORDINGS, (store) => store.delete(recording.id));
  }

  private store(name: string): IDBObjectStore {
    return this.database.transaction(name).objectStore(name);
  }

  /** Returns once the browser says that the change is on its disk. */
  private async change(name: string, what: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = this.database.transaction(name, 'readwrite', { durability: 'strict' });
    what(transaction.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

class DatabaseFile implements LocalFile {
  constructor(
    private readonly chunks: Chunks,
    private readonly write: (offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
  ) {}

  get size(): number {
    return this.chunks.size;
  }

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.write(this.size, bytes);
    this.chunks.learn(this.size, bytes.length);
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.chunks.read(offset, length);
  }

  async seal(): Promise<void> {}

  async blob(mediaType: string): Promise<Blob> {
    const parts: ArrayBuffer[] = [];
    for (const offset of this.chunks.offsets) parts.push(await this.chunks.load(offset));
    return new Blob(parts, { type: mediaType });
  }
}

const range = (id: string, track: Track) => IDBKeyRange.bound([id, track, 0], [id, track, Infinity]);

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
