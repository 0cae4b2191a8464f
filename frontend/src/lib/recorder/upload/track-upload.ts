import type { Unheard } from '../link/ours.js';
import { AppendSize } from './append-size.js';
import { backOff, Pause } from './pause.js';
import type { Closed, NewUpload, Trouble, Tus } from './tus.js';

/** Where the bytes come from: this browser's disk while recording, or a file that a person chose. */
export interface Bytes {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What an upload needs from whoever runs it. */
export interface UploadSurroundings {
  /** Gets a fresh capability when the old one is no longer accepted. */
  renew(): Promise<void>;
  /** Called after every change worth showing. */
  changed(): void;
}

/** Damaged or refused this often in a row, an append will not succeed by repetition. */
const MOST_REFUSALS = 10;

/** Broken within this time and so often, it is not the line. */
const AT_ONCE_MS = 2_000;
const BROKEN_IN_A_ROW = 3;

/**
 * Brings one track to the server while it grows: one append in flight, each as large as what waits and the line carries,
 * from the offset that the server names. Knows nothing of recording; ends when everything arrived or nothing more is taken.
 */
export class TrackUpload {
  uploadId: string | null = null;
  recordingId: string | null = null;
  /** Bytes the server has confirmed. */
  acknowledged = 0;
  /** Why the server is not heard at the moment. */
  unheard: Unheard | null = null;
  noRoom = false;
  closed: Closed | null = null;
  private finished = false;
  private failures = 0;
  private refusals = 0;
  private broken = 0;
  private readonly size: AppendSize;
  private readonly idle = new Pause();
  private readonly resting = new Pause();

  constructor(
    private readonly bytes: Bytes,
    private readonly wire: Tus,
    private readonly around: UploadSurroundings,
  ) {
    this.size = new AppendSize(wire.patienceMs);
  }

  get complete(): boolean {
    return this.finished && this.uploadId !== null && this.acknowledged === this.bytes.size;
  }

  /** Tells that there is more to send. A failing server is not asked sooner for that. */
  grown(): void {
    this.idle.wake();
  }

  /** Tells that the network may be back. */
  retryNow(): void {
    this.resting.wake();
  }

  /** No more bytes will come. */
  finish(): void {
    this.finished = true;
    this.idle.wake();
  }

  /** Goes on with an upload that an earlier page began. */
  resume(uploadId: string, recordingId: string): void {
    Object.assign(this, { uploadId, recordingId });
  }

  /** Stops without waiting for anything: the recording was discarded, or the page starts anew. */
  abandon(): void {
    this.closed = 'gone';
    this.idle.wake();
    this.resting.wake();
  }

  /** Runs until everything is there (null) or the upload is closed. */
  async run(wish: () => NewUpload): Promise<Closed | null> {
    if (this.uploadId) await this.locate();
    while (!this.closed && !this.complete) {
      if (!this.uploadId) await this.create(wish());
      else if (this.acknowledged < this.bytes.size) await this.append();
      else await this.idle.wait();
    }
    this.around.changed();
    return this.closed;
  }

  private async create(wish: NewUpload): Promise<void> {
    const answer = await this.wire.create(wish);
    if (answer.kind !== 'created') return this.endure(answer);
    this.resume(answer.uploadId, answer.recordingId);
    this.succeeded();
  }

  private async locate(): Promise<void> {
    while (!this.closed) {
      const answer = await this.wire.offset(this.uploadId!);
      if (answer.kind === 'at') return this.moveTo(answer.offset);
      await this.endure(answer);
    }
  }

  private async append(): Promise<void> {
    const before = this.acknowledged;
    const length = Math.min(this.size.bytes, this.bytes.size - before);
    const content = await this.bytes.read(before, length).catch(() => null);
    if (!content) return this.endure({ kind: 'closed', closed: 'unreadable' });
    const begun = performance.now();
    const answer = await this.wire.append(this.uploadId!, before, content);
    const ms = performance.now() - begun;
    this.size.took(ms, length, answer.kind === 'at');
    if (answer.kind === 'retry' && (answer.tooLarge || (await this.breaksOnSize(answer.unheard, ms))))
      this.size.refused(length);
    else if (answer.kind === 'at') this.broken = 0;
    if (answer.kind !== 'at') return this.endure(answer);
    if (answer.offset === before) return this.endure({ kind: 'retry', unheard: null, refused: true, afterMs: 0 });
    this.moveTo(answer.offset);
  }

  /**
   * Whether connections break as soon as an append begins, while the server can be asked: so it looks when a gateway
   * refuses a body for its size before it has read it.
   */
  private async breaksOnSize(unheard: Unheard | null, ms: number): Promise<boolean> {
    if (unheard !== 'offline' || ms > AT_ONCE_MS || ++this.broken % BROKEN_IN_A_ROW !== 0) return false;
    return (await this.wire.offset(this.uploadId!)).kind === 'at';
  }

  /** The server's word counts. Only an offset beyond what exists here cannot be true of this recording. */
  private moveTo(offset: number): void {
    if (offset > this.bytes.size) this.closed = 'refused';
    else this.acknowledged = offset;
    this.succeeded();
  }

  private succeeded(): void {
    this.failures = this.refusals = 0;
    this.unheard = null;
    this.noRoom = false;
    this.around.changed();
  }

  private async endure(trouble: Trouble): Promise<void> {
    if (this.closed) return;
    if (trouble.kind === 'closed') this.closed = trouble.closed;
    if (trouble.kind === 'unauthorised') await this.around.renew();
    if (trouble.kind === 'retry') [this.unheard, this.noRoom] = [trouble.unheard, trouble.noRoom ?? false];
    if (trouble.kind === 'retry' && trouble.refused && ++this.refusals > MOST_REFUSALS) this.closed = 'refused';
    this.around.changed();
    if (this.closed) return;
    const wait = trouble.kind === 'retry' ? trouble.afterMs : 0;
    await this.resting.wait(Math.max(wait, backOff(this.failures++, Math.random())));
  }
}
