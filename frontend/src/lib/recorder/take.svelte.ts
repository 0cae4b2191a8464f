import { discard, putPoster, stay, submit, Unsent, whyUnsent, type Submission } from './link/send-recording.js';
import { Problem } from './link/request.js';
import type { LinkView } from './link/link-view.js';
import { Presence } from './presence.js';
import type { Receipt } from './steps.js';
import { markUnsent, unmarkUnsent } from './unsent-mark.js';
import { KeeperClient } from './upload/keeper-client.js';
import type { KeptMedia, Keeping, Unfinished } from './upload/keeper-protocol.js';
import type { SentUpload } from './upload/kept-track.js';
import type { Track } from './upload/tus.js';

/** Where a take gets its rights from: the link, and a fresh one when the old capability is over. */
export interface Access {
  readonly link: LinkView;
  renew(): Promise<string>;
}

export interface Picture {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
}

/** One attempt at a recording, wherever it came from: kept by the worker, reviewed, and sent or discarded. */
export class Take {
  keeping = $state.raw<Keeping | null>(null);
  /** Everything has arrived, but Send cannot reach the server at the moment. */
  unheard = $state(false);
  /** What the recorder measured; unknown for recovered recordings and files until they are played. */
  picture: Picture | null = null;
  /** When it began, ISO 8601. */
  startedAt = new Date().toISOString();
  private readonly keeper: KeeperClient;
  private readonly presence = new Presence(
    () => this.keeping?.recordingId && void stay(this.keeping.recordingId, this.token),
  );
  private ready: Promise<unknown> = Promise.resolve();

  constructor(private readonly access: Access) {
    this.keeper = new KeeperClient({
      keeping: (keeping) => (this.keeping = keeping),
      token: () => access.renew(),
    });
  }

  private get token(): string {
    return this.access.link.token;
  }

  /** Opens the local files; chunks that come meanwhile wait for that. */
  begin(tracks: { track: Track; mediaType: string }[]): void {
    const { requestId } = this.access.link;
    this.startedAt = new Date().toISOString();
    this.ready = this.keeper.ask('begin', { requestId, startedAt: this.startedAt, tracks, token: this.token });
    markUnsent(requestId);
    this.presence.start();
  }

  append(track: Track, chunk: Blob): void {
    if (chunk.size > 0) this.ready = this.ready.then(() => this.keeper.ask('append', { track, chunk }));
  }

  /** Resolves once all of it is on this computer. */
  async finish(): Promise<void> {
    await this.ready;
    await this.keeper.ask('finish');
  }

  /** The newest recording for this request that an earlier page left here. */
  async findUnfinished(): Promise<Unfinished | null> {
    const found = await this.keeper.ask('unfinished', { requestId: this.access.link.requestId });
    return found.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0] ?? null;
  }

  async recover({ id, startedAt }: Unfinished): Promise<void> {
    const open = this.access.link.resumable.flatMap(({ recordingId, uploads }) =>
      uploads.map(({ uploadId, track }) => ({ recordingId, uploadId, track })),
    );
    this.startedAt = startedAt;
    this.presence.start();
    await this.keeper.ask('recover', { id, open, token: this.token });
  }

  async uploadFile(file: File, mediaType: string): Promise<void> {
    this.presence.start();
    await this.keeper.ask('uploadFile', { file, mediaType, token: this.token });
  }

  media(): Promise<KeptMedia[]> {
    return this.keeper.ask('media');
  }

  /** Waits until every byte has arrived, then sends. @throws Unsent */
  async deliver(said: Omit<Submission, 'uploads'>, poster: Blob | null): Promise<Receipt> {
    const uploads = (await this.arrive()) ?? (await this.arriveAnew());
    if (!uploads) throw new Unsent('link_closed');
    if (poster) await putPoster(this.keeping!.recordingId!, poster, this.token);
    const receipt = await this.submit({ ...said, uploads });
    // It has arrived, whatever becomes of the copy here.
    await this.forgetAll().catch(() => this.end());
    return receipt;
  }

  /** Deletes it at the server and here, in that order: what is not deleted there would be found there. */
  async discard(): Promise<void> {
    await this.ready.catch(() => undefined);
    if (this.keeping?.recordingId) await discard(this.keeping.recordingId, this.token);
    await this.forget();
  }

  private async arrive(): Promise<readonly SentUpload[] | null> {
    const uploads = await this.keeper.ask('settled');
    const closed = this.keeping?.closed;
    return closed === 'gone' || closed === 'refused' ? null : uploads;
  }

  /** The server let go of the upload, for instance after a long silence: the local copy is still whole. */
  private async arriveAnew(): Promise<readonly SentUpload[] | null> {
    await this.keeper.ask('uploadAgain');
    return this.arrive();
  }

  private async submit(submission: Submission, again = true): Promise<Receipt> {
    try {
      const heard = (reached: boolean) => (this.unheard = !reached);
      return await submit(this.keeping!.recordingId!, submission, this.token, heard);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const why = whyUnsent(error);
      if (why) throw new Unsent(why);
      const uploads = again ? await this.arriveAnew() : null;
      if (!uploads) throw new Unsent('mismatch');
      return this.submit({ ...submission, uploads }, false);
    }
  }

  /** Deletes what an earlier page left, without going on with it first. */
  async discardLeft({ recordingId }: Unfinished): Promise<void> {
    if (recordingId) await discard(recordingId, this.token);
    await this.forgetAll();
  }

  private async forgetAll(): Promise<void> {
    await this.keeper.ask('forgetLeft', { requestId: this.access.link.requestId });
    await this.forget();
  }

  private async forget(): Promise<void> {
    await this.keeper.ask('forget');
    const left = await this.findUnfinished();
    if (!left) unmarkUnsent();
    this.end();
  }

  private end(): void {
    this.presence.stop();
    this.keeper.end();
  }
}
