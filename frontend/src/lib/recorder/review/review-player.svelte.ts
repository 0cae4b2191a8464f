import type { Picture } from '../take.svelte.js';
import type { KeptMedia } from '../upload/keeper-protocol.js';
import { cutEnd, cutStart, trimOf, type Cut } from './trim.js';

/** Beyond every recording: asking for this moment makes a browser look for the real end. */
const BEYOND_THE_END_S = 1e9;

/** The player of the review: one video, perhaps the camera's beside it, and which part is to be kept. Times in milliseconds. */
export class ReviewPlayer {
  source = $state<string | null>(null);
  cameraSource = $state<string | null>(null);
  playable = $state(true);
  playing = $state(false);
  positionMs = $state(0);
  durationMs = $state(1);
  cut = $state.raw<Cut>({ startMs: 0, endMs: null });
  private video: HTMLVideoElement | null = null;
  private camera: HTMLVideoElement | null = null;
  private size = { width: 1, height: 1 };
  private mediaType = '';

  /**
   * @param known what was measured before; null where only the file can tell
   * @param cut what was to be kept before this page was loaded
   */
  constructor(
    private readonly known: Picture | null,
    cut?: Cut,
  ) {
    if (cut) this.cut = cut;
    if (!known) return;
    this.durationMs = known.durationMs;
    this.size = { width: known.width, height: known.height };
  }

  get trimStart(): number {
    return this.cut.startMs;
  }

  get trimEnd(): number {
    return this.cut.endMs ?? this.durationMs;
  }

  get trim() {
    return trimOf(this.cut, this.durationMs);
  }

  /** What Send says of the pictures. */
  get picture(): Picture {
    return { durationMs: Math.max(1, Math.round(this.durationMs)), ...this.size };
  }

  /** The same, unless nothing is known of it yet. */
  get measured(): Picture | undefined {
    return this.durationMs > 1 ? this.picture : undefined;
  }

  get fileName(): string {
    return `recording.${/mp4|quicktime/.test(this.mediaType) ? 'mp4' : 'webm'}`;
  }

  load(media: readonly KeptMedia[]): void {
    const of = (wanted: string) => media.find(({ track }) => track === wanted)?.media;
    const screen = of('screen');
    const camera = of('camera');
    if (!screen) return void (this.playable = false);
    this.mediaType = screen.type;
    this.source = URL.createObjectURL(screen);
    if (camera) this.cameraSource = URL.createObjectURL(camera);
  }

  /** Takes charge of the video element. */
  show(video: HTMLVideoElement): void {
    this.video = video;
    video.onloadedmetadata = () => this.measure(video);
    video.ondurationchange = () => this.learnDuration(video);
    video.ontimeupdate = () => this.follow(video);
    video.onplay = () => this.setPlaying(true);
    video.onpause = () => this.setPlaying(false);
    video.onerror = () => (this.playable = false);
  }

  showCamera(camera: HTMLVideoElement): void {
    this.camera = camera;
  }

  toggle(): void {
    if (!this.video) return;
    if (!this.video.paused) return this.video.pause();
    const outside = this.positionMs < this.trimStart || this.positionMs >= this.trimEnd - 100;
    if (outside) this.seek(this.trimStart);
    void this.video.play().catch(() => undefined);
  }

  pause(): void {
    this.video?.pause();
  }

  seek(ms: number): void {
    this.positionMs = ms;
    for (const video of [this.video, this.camera]) if (video) video.currentTime = ms / 1000;
  }

  cutStart(ms: number): number {
    this.cut = cutStart(this.cut, ms, this.durationMs);
    this.seek(this.trimStart);
    return this.trimStart;
  }

  cutEnd(ms: number): number {
    this.cut = cutEnd(this.cut, ms, this.durationMs);
    this.seek(this.trimEnd);
    return this.trimEnd;
  }

  keepAll(): void {
    this.cut = { startMs: 0, endMs: null };
  }

  close(): void {
    for (const source of [this.source, this.cameraSource]) if (source) URL.revokeObjectURL(source);
  }

  private measure(video: HTMLVideoElement): void {
    this.size = { width: video.videoWidth || 1, height: video.videoHeight || 1 };
    if (!this.known && !Number.isFinite(video.duration)) video.currentTime = BEYOND_THE_END_S;
    this.learnDuration(video);
  }

  /** A recorder's file says nothing of its length until its end was seen. */
  private learnDuration(video: HTMLVideoElement): void {
    if (this.known || !Number.isFinite(video.duration)) return;
    this.durationMs = Math.max(1, Math.round(video.duration * 1000));
    if (video.paused && video.currentTime >= video.duration) this.seek(0);
  }

  private follow(video: HTMLVideoElement): void {
    if (!this.known && !Number.isFinite(video.duration)) return;
    this.positionMs = Math.min(this.durationMs, video.currentTime * 1000);
    if (!video.paused && this.positionMs >= this.trimEnd && this.cut.endMs !== null) video.pause();
  }

  private setPlaying(playing: boolean): void {
    this.playing = playing;
    if (!this.camera) return;
    this.camera.currentTime = this.video!.currentTime;
    if (playing) void this.camera.play().catch(() => undefined);
    else this.camera.pause();
  }
}
