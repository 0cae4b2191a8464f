import type { StopBecause } from '../steps.js';
import type { Take } from '../take.svelte.js';
import type { Closed } from '../upload/tus.js';
import type { Equipment } from './equipment.svelte.js';
import { SilenceWatch } from './silence.js';
import { Stopwatch } from './stopwatch.js';
import { CAMERA_QUALITY, SCREEN_QUALITY, TrackRecorder } from './track-recorder.js';
import { WakeLock } from './wake-lock.js';

/** How often the meter and the clock look; a hidden tab slows this to once a second, which is enough for both. */
const TICK_MS = 100;
/**
 * A recorder that has given nothing by then gives nothing at all: better said now than after all of it was shown. Busy
 * machines were seen to take 7 s and more, and what they give then is whole from the beginning.
 */
const FIRST_CHUNK_MS = 30_000;

/** What the server says that ends a recording. One that it refuses goes on: Send tries once more. */
const ENDINGS: Partial<Record<Closed, StopBecause>> = {
  limited: 'too_large',
  crowded: 'crowded',
  gone: 'discarded',
  link_closed: 'link_closed',
  used: 'used',
};

/** Records the shared screen into a take until it is stopped, or something ends it. */
export class Capture {
  elapsedMs = $state(0);
  /** The microphone's loudest sample of the last moment, between 0 and 1. */
  peak = $state(0);
  silent = $state(false);
  /** Sounds are mixed: the microphone can be measured, and another can take its place. */
  mixed = $state(true);
  private readonly watch = new Stopwatch();
  private readonly silence = new SilenceWatch();
  private readonly wakeLock = new WakeLock();
  private recorders: TrackRecorder[] = [];
  /** Bytes that the recorder of the screen has given. */
  private given = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param ended is told when something else than the customer ends the recording, or keeps it from beginning */
  constructor(
    private readonly screen: MediaStream,
    private readonly equipment: Equipment,
    private readonly ended: (because: StopBecause) => void,
  ) {
    this.picture.onended = () => ended('sharing_ended');
  }

  /** Starts the recorders. @throws when this browser can record in none of the formats */
  begin(take: Take, maxDurationMs: number): void {
    this.equipment.mixer.useComputer(this.screen);
    this.mixed = this.equipment.mixer.runs;
    const failed = () => this.ended('recorder_failed');
    const start = (track: 'screen' | 'camera', stream: MediaStream) => {
      const quality = track === 'screen' ? SCREEN_QUALITY : CAMERA_QUALITY;
      const chunk = (chunk: Blob) => {
        if (track === 'screen') this.given += chunk.size;
        take.append(track, chunk);
      };
      const recorder = TrackRecorder.start(stream, quality, { chunk, failed });
      this.recorders.push(recorder);
      return { track, mediaType: recorder.mediaType };
    };
    const tracks = [start('screen', new MediaStream([this.picture, ...this.equipment.sound]))];
    if (this.equipment.camera) tracks.push(start('camera', this.equipment.camera));
    take.begin(tracks);
    this.watch.start(performance.now());
    this.wakeLock.hold();
    this.timer = setInterval(() => this.tick(take, maxDurationMs), TICK_MS);
  }

  pause(): void {
    for (const recorder of this.recorders) recorder.pause();
    this.watch.stop(performance.now());
    this.silence.restart();
  }

  resume(): void {
    for (const recorder of this.recorders) recorder.resume();
    this.watch.start(performance.now());
  }

  /** Ends the recording and the sharing, and resolves when the take holds every chunk. */
  async stop(take: Take): Promise<void> {
    this.watch.stop(performance.now());
    const { width = 1, height = 1 } = this.picture.getSettings();
    await Promise.all(this.recorders.map((recorder) => recorder.stop()));
    this.release();
    await take.finish();
    take.picture = { durationMs: Math.max(1, Math.round(this.watch.elapsed(0))), width, height };
  }

  /** Stops sharing, whether or not anything was recorded. */
  release(): void {
    clearInterval(this.timer);
    this.wakeLock.release();
    this.picture.onended = null;
    for (const track of this.screen.getTracks()) track.stop();
    this.equipment.mixer.useComputer(null);
  }

  private get picture(): MediaStreamTrack {
    return this.screen.getVideoTracks()[0]!;
  }

  /** Nobody takes its pictures any more: its light goes out, and the screen is recorded on. */
  private endCamera(): void {
    if (!this.equipment.camera) return;
    void this.recorders[1]?.stop();
    void this.equipment.useCamera(false);
  }

  private tick(take: Take, maxDurationMs: number): void {
    this.elapsedMs = this.watch.elapsed(performance.now());
    const measured = this.mixed && this.equipment.microphone !== null;
    this.peak = measured ? this.equipment.mixer.peak() : 0;
    if (measured) this.silence.hear(this.peak, this.elapsedMs);
    else this.silence.restart();
    this.silent = this.silence.silent;
    if (this.elapsedMs >= FIRST_CHUNK_MS && this.given === 0) this.ended('recorder_failed');
    if (this.elapsedMs >= maxDurationMs) this.ended('time_over');
    if (take.keeping?.withoutCamera) this.endCamera();
    if (take.keeping?.full) this.ended('disk_full');
    const ending = take.keeping?.closed && ENDINGS[take.keeping.closed];
    if (ending) this.ended(ending);
  }
}
