import type { KeptMedia, Keeping, OpenUpload } from './keeper-protocol.js';
import { KeptTrack, type SentUpload } from './kept-track.js';
import type { Draft, LocalFile, LocalRecording, LocalStore } from './local-store.js';
import type { UploadSurroundings } from './track-upload.js';
import type { Closed, Track, Tus } from './tus.js';

interface KeptOnDisk {
  readonly kept: KeptTrack;
  readonly file: LocalFile;
}

/** What says of the whole recording that no more of it is taken. */
const ENDS_ALL: ReadonlySet<Closed> = new Set(['gone', 'link_closed', 'used']);
/** A camera whose upload takes no more (or never began) ends where it came to; the screen goes on without it. */
const isCutShort = ({ kept: { track, upload } }: KeptOnDisk) =>
  track === 'camera' && upload.closed !== null && !ENDS_ALL.has(upload.closed);
/** How much of it there is, for Send and for whoever watches it before. */
const sizeOf = (one: KeptOnDisk) => (isCutShort(one) ? one.kept.upload.acknowledged : one.file.size);

/** One recording with its tracks: written here first, then brought to the server, and remembered for a later page. */
export class KeptRecording {
  private readonly tracks: KeptOnDisk[] = [];
  private runs: Promise<Closed | null>[] = [];
  private queue: Promise<void> = Promise.resolve();
  private full = false;
  private forgotten = false;

  constructor(
    private readonly store: LocalStore,
    private readonly about: LocalRecording,
    private readonly wire: Tus,
    private readonly around: UploadSurroundings,
  ) {}

  /** Opens the tracks' files and starts to upload. `open` names the uploads to go on with. */
  async start(open: readonly OpenUpload[] = []): Promise<void> {
    await this.store.save(this.about);
    const around = { ...this.around, changed: () => this.changed() };
    for (const { track, mediaType } of this.about.tracks) {
      const file = await this.store.open(this.about, track);
      const kept = new KeptTrack(track, mediaType, file, this.wire, around);
      const known = open.find((upload) => upload.track === track);
      if (known) kept.upload.resume(known.uploadId, known.recordingId);
      this.tracks.push({ kept, file });
    }
    this.run();
  }

  /** Takes the next bytes of a track, in order. After the disk was full once, nothing more: a gap would spoil the file. */
  append(track: Track, chunk: Blob): Promise<void> {
    return this.next(async () => {
      const target = this.tracks.find(({ kept }) => kept.track === track);
      if (!target || isCutShort(target) || this.full || chunk.size === 0) return;
      try {
        await target.kept.append(target.file, new Uint8Array(await chunk.arrayBuffer()));
      } catch {
        this.full = true;
      }
      this.around.changed();
    });
  }

  finish(): Promise<void> {
    return this.next(async () => {
      for (const { kept, file } of this.tracks) {
        await file.seal();
        kept.upload.finish();
      }
    });
  }

  keepDraft(draft: Draft): Promise<void> {
    return this.next(async () => {
      if (this.forgotten) return;
      this.about.draft = draft;
      await this.store.save(this.about);
    });
  }

  media(): Promise<KeptMedia[]> {
    const filled = this.tracks.filter((one) => sizeOf(one) > 0);
    return Promise.all(
      filled.map(async (one) => {
        const { track, mediaType } = one.kept;
        return { track, media: (await one.file.blob(mediaType)).slice(0, sizeOf(one), mediaType) };
      }),
    );
  }

  async settled(): Promise<SentUpload[] | null> {
    await this.runs[0];
    await Promise.all(this.runs);
    const sent = await Promise.all(this.tracks.map(({ kept }) => kept.sent()));
    return sent[0] ? sent.filter((upload) => upload !== null) : null;
  }

  retryNow(): void {
    for (const { kept } of this.tracks) kept.upload.retryNow();
  }

  /** Stops uploading and deletes the local copy. */
  async forget(): Promise<void> {
    this.stop();
    this.forgotten = true;
    for (const { file } of this.tracks) await file.seal();
    await this.store.remove(this.about);
  }

  /** Stops uploading; the local copy stays. */
  stop(): void {
    for (const { kept } of this.tracks) kept.upload.abandon();
  }

  get keeping(): Keeping {
    const uploads = this.tracks.map(({ kept }) => kept.upload);
    const going = this.tracks.filter((one) => !isCutShort(one)).map(({ kept }) => kept.upload);
    const sum = (of: (one: KeptOnDisk) => number) => this.tracks.reduce((all, one) => all + of(one), 0);
    return {
      storedIn: this.store.storedIn,
      bytes: sum(sizeOf),
      acknowledged: sum(({ kept }) => kept.upload.acknowledged),
      unheard: uploads.find(({ unheard }) => unheard)?.unheard ?? null,
      noRoom: uploads.some(({ noRoom }) => noRoom),
      closed: going.find(({ closed }) => closed)?.closed ?? null,
      withoutCamera: going.length < uploads.length,
      full: this.full,
      recordingId: this.about.recordingId,
    };
  }

  /** The first track makes the recording on the server; the others join it, so they wait. */
  private run(): void {
    for (const { kept } of this.tracks.slice(this.runs.length, this.about.recordingId ? undefined : 1)) {
      const { track, mediaType } = kept;
      const joins = this.about.recordingId ?? undefined;
      this.runs.push(kept.run(() => ({ track, mediaType, source: 'capture', ...(joins && { recordingId: joins }) })));
    }
  }

  private changed(): void {
    if (this.forgotten) return;
    for (const { kept } of this.tracks) {
      const { uploadId, recordingId } = kept.upload;
      const remembered = this.about.tracks.find(({ track }) => track === kept.track)!;
      if (!uploadId || remembered.uploadId === uploadId) continue;
      remembered.uploadId = uploadId;
      this.about.recordingId = recordingId;
      // Where it cannot be written down, a later page uploads anew; this one goes on.
      void this.next(() => this.store.save(this.about)).catch(() => undefined);
      this.run();
    }
    this.around.changed();
  }

  /** One after the other. What fails is the asker's affair, not that of what comes next. */
  private next(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}
