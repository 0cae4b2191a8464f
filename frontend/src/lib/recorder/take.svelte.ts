import { deliver } from './link/deliver.js';
import { discard, stay, type Submission } from './link/send-recording.js';
import type { LinkView } from './link/link-view.js';
import type { Unheard } from './link/ours.js';
import { Presence } from './presence.js';
import type { Receipt, SendProblem } from './steps.js';
import { markUnsent, unmarkUnsent } from './unsent-mark.js';
import { KeeperClient } from './upload/keeper-client.js';
import type { Draft } from './upload/local-store.js';
import type { KeptMedia, Keeping, Unfinished } from './upload/keeper-protocol.js';
import type { SentUpload } from './upload/kept-track.js';
import type { Closed, Track } from './upload/tus.js';

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

const UNARRIVED: Readonly<Record<Closed, SendProblem>> = {
  gone: 'refused',
  link_closed: 'link_closed',
  used: 'another_received',
  limited: 'too_large',
  crowded: 'crowded',
  refused: 'refused',
  unreadable: 'unreadable',
};

/** Of these the part that arrived is a recording by itself. */
const MAY_BE_SENT: ReadonlySet<Closed> = new Set(['limited', 'crowded']);

/** One attempt at a recording, wherever it came from: kept by the worker, reviewed, and sent or discarded. */
export class Take {
  keeping = $state.raw<Keeping | null>(null);
  /** Why Send or Discard does not hear the server at the moment. */
  unheard = $state<Unheard | null>(null);
  /** What the recorder measured; unknown for recovered recordings and files until they are played. */
  picture: Picture | null = null;
  /** When it began, ISO 8601. */
  startedAt = new Date().toISOString();
  /** What the customer said of it before this page was loaded. */
  draft: Draft | null = null;
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

  get token(): string {
    return this.access.link.token;
  }

  renew(): Promise<string> {
    return this.access.renew();
  }

  /** The server's name for it, once a byte has arrived. */
  get recordingId(): string {
    return this.keeping!.recordingId!;
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
    const found = await this.keeper.ask('unfinished', this.request);
    return found.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0] ?? null;
  }

  async recover({ id, startedAt, draft }: Unfinished): Promise<void> {
    const open = this.access.link.resumable.flatMap(({ recordingId, uploads }) =>
      uploads.map(({ uploadId, track }) => ({ recordingId, uploadId, track })),
    );
    this.startedAt = startedAt;
    this.draft = draft ?? null;
    markUnsent(this.access.link.requestId);
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

  /** Remembers beside the local copy what is to be kept and the note: a reload must not bring back what was cut off. */
  keepDraft(draft: Draft): void {
    void this.keeper.ask('keepDraft', draft).catch(() => undefined);
  }

  /** Sends it, and deletes the copy here. @throws Unsent */
  async deliver(said: Omit<Submission, 'uploads'>, poster: Blob | null): Promise<Receipt> {
    const receipt = await deliver(this, said, poster);
    // It has arrived, whatever becomes of the copy here.
    await this.forgetAll().catch(() => this.end());
    return receipt;
  }

  async arrive(): Promise<readonly SentUpload[] | null> {
    const uploads = await this.keeper.ask('settled');
    const closed = this.keeping?.closed;
    return closed && !MAY_BE_SENT.has(closed) ? null : uploads;
  }

  get unarrived(): SendProblem {
    return UNARRIVED[this.keeping?.closed ?? 'gone'];
  }

  async arriveAnew(): Promise<readonly SentUpload[] | null> {
    await this.keeper.ask('uploadAgain');
    return this.arrive();
  }

  /** Deletes it at the server and here, in that order: what is not deleted there would be found there. @throws Problem */
  async discard(): Promise<void> {
    await this.ready.catch(() => undefined);
    await this.deleteAtServer(this.keeping?.recordingId ?? null);
    await this.forget();
  }

  /** Deletes one that an earlier page left, without going on with it first. @returns the next of them @throws Problem */
  async discardLeft({ id, recordingId }: Unfinished): Promise<Unfinished | null> {
    await this.deleteAtServer(recordingId);
    await this.keeper.ask('forgetLeft', { ...this.request, id });
    await this.unmark();
    return this.findUnfinished();
  }

  private async deleteAtServer(recordingId: string | null): Promise<void> {
    this.unheard = null;
    const heard = (unheard: Unheard | null) => (this.unheard = unheard);
    if (recordingId) await discard(recordingId, { token: () => this.token, renew: () => this.renew(), heard });
  }

  private async forgetAll(): Promise<void> {
    await this.keeper.ask('forgetLeft', this.request);
    await this.forget();
  }

  private async forget(): Promise<void> {
    await this.keeper.ask('forget');
    await this.unmark();
    this.end();
  }

  /** Another page of this browser may still have one of this request: the mark leads back to that, too. */
  private async unmark(): Promise<void> {
    if (!(await this.keeper.ask('holdsAny', this.request))) unmarkUnsent(this.request.requestId);
  }

  /** Lets go of it; what is kept here stays. */
  end(): void {
    this.presence.stop();
    this.keeper.end();
  }

  private get request() {
    return { requestId: this.access.link.requestId };
  }
}
