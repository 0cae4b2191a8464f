import { KeptFile } from './kept-file.js';
import { KeptRecording } from './kept-recording.js';
import type { KeeperCalls, Keeping, OpenUpload } from './keeper-protocol.js';
import type { LocalRecording, LocalStore } from './local-store.js';
import { holdUntil, isHeld } from './recording-locks.js';
import { Tus } from './tus.js';

/** A local copy that nobody came back for is deleted after this long: it shows somebody's screen. */
const FORGET_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

export interface KeeperNews {
  keeping(keeping: Keeping): void;
  tokenWanted(): void;
}

type Ask<Name extends keyof KeeperCalls> = Parameters<KeeperCalls[Name]>[0];

/** Keeps one recording at a time, on behalf of the page that made it. Lives in a worker, where a hidden tab is no brake. */
export class Keeper implements KeeperCalls {
  private recording: KeptRecording | KeptFile | null = null;
  private release: () => void = () => undefined;
  private restart: () => Promise<void> = async () => undefined;
  private token = '';
  private tokenArrived: (() => void)[] = [];
  private readonly wire: Tus;

  /** @param origin where the server is; nothing means where this script came from */
  constructor(
    private readonly store: () => Promise<LocalStore>,
    private readonly news: KeeperNews,
    origin = '',
  ) {
    this.wire = new Tus(origin, () => this.token);
  }

  async begin({ requestId, startedAt, tracks, token }: Ask<'begin'>): Promise<void> {
    const unsent = tracks.map((track) => ({ ...track, uploadId: null }));
    const about = { id: crypto.randomUUID(), requestId, startedAt, tracks: unsent, recordingId: null };
    await this.keep(about, token, []);
  }

  async append({ track, chunk }: Ask<'append'>): Promise<void> {
    if (this.recording instanceof KeptRecording) await this.recording.append(track, chunk);
  }

  async finish(): Promise<void> {
    if (this.recording instanceof KeptRecording) await this.recording.finish();
  }

  async keepDraft(draft: Ask<'keepDraft'>): Promise<void> {
    if (this.recording instanceof KeptRecording) await this.recording.keepDraft(draft);
  }

  media(): ReturnType<KeeperCalls['media']> {
    return this.recording!.media();
  }

  settled(): ReturnType<KeeperCalls['settled']> {
    return this.recording!.settled();
  }

  async unfinished({ requestId }: Ask<'unfinished'>): ReturnType<KeeperCalls['unfinished']> {
    const store = await this.store();
    const found = [];
    for (const about of await this.left()) {
      if (Date.now() - Date.parse(about.startedAt) > FORGET_AFTER_MS) await store.remove(about);
      else if (about.requestId === requestId) found.push(await sizeUp(store, about));
    }
    return found.filter(({ bytes }) => bytes > 0);
  }

  async holdsAny({ requestId }: Ask<'holdsAny'>): Promise<boolean> {
    const all = await (await this.store()).list();
    return all.some((about) => about.requestId === requestId);
  }

  async forgetLeft({ requestId, id }: Ask<'forgetLeft'>): Promise<void> {
    const store = await this.store();
    const meant = (about: LocalRecording) => about.requestId === requestId && (!id || about.id === id);
    for (const about of await this.left()) if (meant(about)) await store.remove(about);
  }

  /** Goes on with what the server still takes; a part that it has let go of is uploaded anew. */
  async recover({ id, open, token }: Ask<'recover'>): Promise<void> {
    const about = (await (await this.store()).list()).find((recording) => recording.id === id);
    if (!about) throw new Error('This recording is no longer on this computer.');
    const still = open.filter(({ recordingId }) => recordingId === about.recordingId);
    await this.keep(about, token, still);
    await this.finish();
  }

  async uploadFile({ file, mediaType, token }: Ask<'uploadFile'>): Promise<void> {
    this.token = token;
    this.recording = new KeptFile(file, mediaType, this.wire, this.around());
    this.restart = () => this.uploadFile({ file, mediaType, token: this.token });
    this.recording.start();
  }

  async uploadAgain(): Promise<void> {
    this.recording?.stop();
    await this.restart();
  }

  async renewed({ token }: Ask<'renewed'>): Promise<void> {
    this.token = token ?? this.token; // The old one will be refused again, and another asked for after a while.
    for (const arrived of this.tokenArrived.splice(0)) arrived();
  }

  async forget(): Promise<void> {
    await this.recording?.forget();
    this.recording = null;
    this.release();
  }

  async retryNow(): Promise<void> {
    this.recording?.retryNow();
  }

  /** What no living page is working on. */
  private async left(): Promise<LocalRecording[]> {
    const left = [];
    for (const about of await (await this.store()).list()) if (!(await isHeld(about.id))) left.push(about);
    return left;
  }

  private async keep(about: LocalRecording, token: string, open: readonly OpenUpload[]): Promise<void> {
    this.token = token;
    if (open.length === 0) startAfresh(about);
    const recording = new KeptRecording(await this.store(), about, this.wire, this.around());
    this.recording = recording;
    this.release();
    this.release = await holdUntil(about.id);
    this.restart = async () => {
      await this.keep(about, this.token, []);
      await this.finish();
    };
    await recording.start(open);
  }

  private around() {
    return {
      changed: () => this.recording && this.news.keeping(this.recording.keeping),
      renew: () =>
        new Promise<void>((resolve) => {
          this.tokenArrived.push(resolve);
          this.news.tokenWanted();
        }),
    };
  }
}

function startAfresh(about: LocalRecording): void {
  about.recordingId = null;
  for (const track of about.tracks) track.uploadId = null;
}

async function sizeUp(store: LocalStore, about: LocalRecording) {
  const file = await store.open(about, 'screen');
  const { size } = file;
  await file.seal();
  const { id, startedAt, recordingId, draft } = about;
  return { id, startedAt, bytes: size, recordingId, draft };
}
