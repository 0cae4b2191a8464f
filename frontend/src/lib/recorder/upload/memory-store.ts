import { Chunks } from './chunks.js';
import type { LocalFile, LocalRecording, LocalStore } from './local-store.js';

/** The last resort of a browser that stores nothing. Blobs, because browsers may move those out of memory themselves. */
export class MemoryStore implements LocalStore {
  readonly storedIn = 'memory';

  async save(): Promise<void> {}

  async list(): Promise<LocalRecording[]> {
    return [];
  }

  async open(): Promise<LocalFile> {
    return new MemoryFile();
  }

  async remove(): Promise<void> {}
}

class MemoryFile implements LocalFile {
  private readonly parts = new Map<number, Blob>();
  private readonly chunks = new Chunks((offset) => this.parts.get(offset)!.arrayBuffer());

  get size(): number {
    return this.chunks.size;
  }

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.parts.set(this.size, new Blob([bytes]));
    this.chunks.learn(this.size, bytes.length);
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.chunks.read(offset, length);
  }

  async seal(): Promise<void> {}

  async blob(mediaType: string): Promise<Blob> {
    return new Blob([...this.parts.values()], { type: mediaType });
  }
}
