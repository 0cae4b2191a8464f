import { Chunks } from '../../../frontend/src/lib/recorder/upload/chunks.js';
import type { LocalFile, LocalRecording, LocalStore } from '../../../frontend/src/lib/recorder/upload/local-store.js';

/** A local store for Node that outlives its users, as a browser's disk outlives its pages; and that can be full. */
export class LastingStore implements LocalStore {
  readonly storedIn = 'disk';
  readonly recordings = new Map<string, LocalRecording>();
  private readonly files = new Map<string, Buffer[]>();
  full = false;

  async save(recording: LocalRecording): Promise<void> {
    this.recordings.set(recording.id, structuredClone(recording));
  }

  async list(): Promise<LocalRecording[]> {
    return structuredClone([...this.recordings.values()]);
  }

  async open({ id }: LocalRecording, track: string): Promise<LocalFile> {
    const parts = this.files.get(id + track) ?? [];
    this.files.set(id + track, parts);
    const at = new Map<number, Buffer>();
    const chunks = new Chunks(async (offset) => new Uint8Array(at.get(offset)!).buffer);
    const learn = (part: Buffer) => {
      at.set(chunks.size, part);
      chunks.learn(chunks.size, part.length);
    };
    parts.forEach(learn);
    const append = async (bytes: Uint8Array) => {
      if (this.full) throw new DOMException('Full', 'QuotaExceededError');
      parts.push(Buffer.from(bytes));
      learn(parts.at(-1)!);
    };
    return {
      get size() {
        return chunks.size;
      },
      append,
      read: (offset, length) => chunks.read(offset, length),
      seal: async () => undefined,
      blob: async (type) => new Blob([new Uint8Array(Buffer.concat(parts))], { type }),
    };
  }

  async remove({ id }: LocalRecording): Promise<void> {
    this.recordings.delete(id);
    for (const name of this.files.keys()) if (name.startsWith(id)) this.files.delete(name);
  }
}
