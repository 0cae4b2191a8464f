import type { KeptMedia, Keeping } from './keeper-protocol.js';
import { KeptTrack, type SentUpload } from './kept-track.js';
import type { Bytes, UploadSurroundings } from './track-upload.js';
import type { Closed, Tus } from './tus.js';

/** A video that a person chose, such as a phone's own recording. It is on their device already: only the upload is needed. */
export class KeptFile {
  private readonly track: KeptTrack;
  private running: Promise<Closed | null> = Promise.resolve(null);

  constructor(
    private readonly file: File,
    private readonly mediaType: string,
    wire: Tus,
    private readonly around: UploadSurroundings,
  ) {
    this.track = new KeptTrack('screen', mediaType, new FileBytes(file), wire, around);
    this.track.upload.finish();
  }

  start(): void {
    const { mediaType, file } = this;
    this.running = this.track.run(() => ({ track: 'screen', mediaType, source: 'file', length: file.size }));
    this.around.changed();
  }

  async media(): Promise<KeptMedia[]> {
    return [{ track: 'screen', media: this.file }];
  }

  async settled(): Promise<SentUpload[] | null> {
    await this.running;
    // Half a video is none.
    if (!this.track.upload.complete) return null;
    const sent = await this.track.sent();
    return sent && [sent];
  }

  retryNow(): void {
    this.track.upload.retryNow();
  }

  stop(): void {
    this.track.upload.abandon();
  }

  async forget(): Promise<void> {
    this.stop();
  }

  get keeping(): Keeping {
    const { acknowledged, unheard, noRoom, closed, recordingId } = this.track.upload;
    const file = { storedIn: 'disk', bytes: this.file.size, full: false, withoutCamera: false } as const;
    return { ...file, acknowledged, unheard, noRoom, closed, recordingId };
  }
}

class FileBytes implements Bytes {
  constructor(private readonly file: File) {}

  get size(): number {
    return this.file.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.file.slice(offset, offset + length).arrayBuffer());
  }
}
