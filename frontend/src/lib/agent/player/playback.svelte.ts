import { bufferedFrom } from './buffered.js';
import type { Standing } from './held-viewing.svelte.js';
import { takeOver } from './take-over.js';

/** Two forms of the same recording: the chunks as they arrived, and the seekable file that replaces them. */
export type Form = 'chunks' | 'file';

/** What is being played, how far it is, and what can be done with it. One element plays; another may be getting ready. */
export class Playback {
  currentTime = $state(0);
  paused = $state(true);
  ended = $state(false);
  waiting = $state(false);
  failed = $state(false);
  muted = $state(false);
  volume = $state(1);
  rate = $state(1);
  bufferedEnd = $state(0);
  captions = $state(false);
  hasCaptions = $state(false);
  /** The forms that have an element; the last one takes over when it is ready. */
  forms: readonly Form[] = $state.raw([]);
  /** Asked for before anything is loaded, and when that stops: what is played is noted, for a time. */
  mend: () => Promise<Standing> = async () => 'holds';
  /** To be played as soon as there is something to play. */
  #wanted = false;
  /** Whether it played when it was last well: a browser pauses what breaks off. */
  #playing = false;
  #fileDuration: number | null = $state(null);
  #video: HTMLVideoElement | null = null;

  constructor(
    private readonly knownDuration: () => number,
    private startAt: number,
  ) {}

  /** Seconds. Raw WebM does not know how long it is; the server does. */
  get duration(): number {
    return this.#fileDuration ?? this.knownDuration();
  }

  /** Says which form is there now. The first one plays; a better one takes over unnoticed. */
  offer(form: Form): void {
    if (!this.forms.includes(form)) this.forms = [...this.forms, form];
  }

  /** For `{@attach}`: listens to an element as long as it is on the page. */
  attach = (form: Form) => (video: HTMLVideoElement) => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    if (!this.#video) this.#begin(video);
    else void this.#switchTo(video, form, options);
    for (const name of ['timeupdate', 'play', 'pause', 'ended', 'seeking', 'volumechange', 'ratechange', 'progress'])
      video.addEventListener(name, () => this.#read(video), options);
    for (const name of ['waiting', 'stalled']) video.addEventListener(name, () => this.#wait(video, true), options);
    for (const name of ['playing', 'canplay', 'seeked']) video.addEventListener(name, () => this.#wait(video, false), options); // prettier-ignore
    video.addEventListener('loadedmetadata', () => this.#know(video), options);
    video.addEventListener('error', () => void this.#fail(video, form), options);
    return () => {
      stop.abort();
      if (this.#video === video) this.#video = null;
    };
  };

  isActive(video: HTMLVideoElement): boolean {
    return this.#video === video;
  }

  toggle(): void {
    if (!this.#video) return;
    if (!this.#video.currentSrc || this.#video.error) return this.#wish(this.paused);
    if (!this.#video.paused) return this.#video.pause();
    if (this.ended) this.seek(0);
    this.#video.play().catch(() => undefined);
  }

  seek(seconds: number): void {
    const to = Math.min(Math.max(0, seconds), this.duration);
    this.currentTime = to;
    this.ended = false;
    if (this.#video) this.#video.currentTime = to;
  }

  setRate(rate: number): void {
    // Loading begins with the default speed.
    if (this.#video) Object.assign(this.#video, { defaultPlaybackRate: rate, playbackRate: rate });
  }

  setVolume(volume: number): void {
    if (!this.#video) return;
    this.#video.volume = Math.min(1, Math.max(0, volume));
    this.#video.muted = this.#video.volume === 0;
  }

  toggleMuted(): void {
    if (this.#video) this.#video.muted = !this.#video.muted;
  }

  toggleCaptions(): void {
    const track = this.#video?.textTracks[0];
    if (!track) return;
    this.captions = !this.captions;
    track.mode = this.captions ? 'showing' : 'hidden';
  }

  /** Begins to load what is there. */
  async load(): Promise<void> {
    this.failed = (await this.mend()) === 'refused';
    // A wish to play stays for when it goes on by itself.
    if (this.failed) Object.assign(this, { paused: true, waiting: false });
  }

  /**
   * After a failure: the same moment again.
   * @param asked whether somebody pressed for it: then it plays, if it had begun. By itself it plays only if it did
   */
  async retry(asked = true): Promise<void> {
    Object.assign(this, { failed: false, waiting: true });
    const began = Boolean(this.#video?.currentSrc);
    const standing = await this.mend();
    if (standing === 'holds') {
      this.keepPlace();
      this.#video?.load();
    }
    if (began && asked) this.#wanted = true;
    const failed = standing === 'refused';
    Object.assign(this, { failed, waiting: !failed && this.#wanted });
  }

  /** While there is nothing to play (yet, or again): shown as it will be, so that a second press takes it back knowingly. */
  #wish(play: boolean): void {
    Object.assign(this, { paused: !play, waiting: play });
    this.#wanted = this.#playing = play;
  }

  /** Before what plays is loaded anew: it goes on at this moment and this speed, and plays if it did. */
  keepPlace(): void {
    if (!this.#video?.currentSrc) return;
    this.startAt = this.currentTime;
    this.#wanted ||= this.#playing;
    this.#video.defaultPlaybackRate = this.rate;
  }

  #begin(video: HTMLVideoElement): void {
    this.#video = video;
    video.volume = this.volume;
  }

  async #switchTo(video: HTMLVideoElement, form: Form, { signal }: { signal: AbortSignal }): Promise<void> {
    const before = this.#video;
    if (!before) return;
    if (this.failed) this.startAt = this.currentTime;
    else if (!(await takeOver(before, video, signal))) return;
    this.#video = video;
    this.failed = false;
    this.#know(video);
    this.#read(video);
    this.forms = [form];
  }

  #read(video: HTMLVideoElement): void {
    if (video !== this.#video) return;
    const { ended, muted, volume, playbackRate: rate } = video;
    const paused = video.paused && !this.#wanted;
    // While it is loaded anew it says 0, and goes on where it was.
    const currentTime = video.readyState ? video.currentTime : this.currentTime;
    Object.assign(this, { currentTime, paused, ended, muted, volume, rate });
    if (!video.error) this.#playing = !video.paused && !ended;
    this.bufferedEnd = bufferedFrom(video.buffered, currentTime);
  }

  #know(video: HTMLVideoElement): void {
    if (video !== this.#video) return;
    if (this.startAt > 0) video.currentTime = Math.min(this.startAt, this.duration);
    this.startAt = 0;
    this.#fileDuration = Number.isFinite(video.duration) ? video.duration : null;
    this.hasCaptions = video.textTracks.length > 0;
    if (this.#wanted) video.play().catch(() => undefined);
    this.#wanted = false;
  }

  #wait(video: HTMLVideoElement, waiting: boolean): void {
    if (video === this.#video) this.waiting = waiting && !video.paused;
  }

  async #fail(video: HTMLVideoElement, form: Form): Promise<void> {
    // A better form that does not load is no loss: what plays goes on.
    if (video !== this.#video) return void (this.forms = this.forms.filter((offered) => offered !== form));
    this.waiting = true;
    const standing = await this.mend();
    if (video === this.#video) Object.assign(this, { waiting: false, failed: standing !== 'renewed' });
  }
}
