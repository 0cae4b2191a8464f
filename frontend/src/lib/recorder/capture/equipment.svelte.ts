import { Mixer } from './mixer.js';

/** `unfit`: it runs at another rate than the recording that is being made, and this browser cannot mix the two. */
export type DeviceProblem = 'blocked' | 'absent' | 'busy' | 'unfit';
export interface Device {
  readonly id: string;
  readonly label: string;
}

const VOICE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const FACE: MediaTrackConstraints = {
  width: { ideal: 480 },
  height: { ideal: 480 },
  frameRate: { ideal: 15, max: 30 },
};

/** The microphone and the camera that the customer chose, and what is wrong with them. Lives through all recordings. */
export class Equipment {
  microphones = $state.raw<readonly Device[]>([]);
  microphone = $state.raw<MediaStream | null>(null);
  microphoneId = $state('');
  microphoneProblem = $state<DeviceProblem | null>(null);
  /** The browser is asking for the microphone. */
  asking = $state(false);
  /** The microphone that was in use has gone. */
  unplugged = $state(false);
  camera = $state.raw<MediaStream | null>(null);
  cameraProblem = $state<DeviceProblem | null>(null);
  /** The camera was switched on and is still starting, or the browser is asking for it. */
  cameraComing = $state(false);
  /** Whether the computer's own sound is wanted; undefined until there was a choice. */
  computerSound = $state<boolean>();
  private mixed: Mixer | null = null;
  private chosen: string | undefined;
  private turn = 0;
  private cameraWanted = false;

  get mixer(): Mixer {
    return (this.mixed ??= new Mixer());
  }

  /**
   * What a recording is to hear: everything, mixed; where the mixer does not run the microphone alone, or nothing. A
   * recorder would wait for ever for the first sound of a mixer that stands still.
   */
  get sound(): MediaStreamTrack[] {
    return this.mixer.runs ? [this.mixer.take()] : (this.microphone?.getAudioTracks() ?? []);
  }

  /** Opens what the customer chose before, or whichever microphone the system prefers. Whoever wanted none is not asked again. */
  async prepareMicrophone(): Promise<void> {
    const { chosen } = this;
    if (this.microphone || chosen === '') return;
    await this.useMicrophone(chosen);
    if (chosen && this.microphoneProblem === 'absent') await this.useMicrophone(undefined);
  }

  /** Opens a microphone in place of the present one; an empty id means none, undefined whichever the system prefers. */
  async useMicrophone(id: string | undefined): Promise<void> {
    const turn = ++this.turn;
    stop(this.microphone);
    this.microphone = null;
    this.microphoneProblem = null;
    this.unplugged = false;
    this.chosen = id;
    this.microphoneId = id ?? '';
    this.asking = id !== '';
    if (this.asking) await this.openMicrophone(id, turn);
    if (turn === this.turn) this.mixMicrophone();
  }

  /** Opens the camera for whoever chose it for the recording before. */
  async prepareCamera(): Promise<void> {
    if (this.cameraWanted && !this.camera && !this.cameraComing) await this.useCamera(true);
  }

  async useCamera(on: boolean): Promise<void> {
    stop(this.camera);
    this.camera = null;
    this.cameraProblem = null;
    this.cameraComing = this.cameraWanted = on;
    if (!on) return;
    try {
      const camera = await navigator.mediaDevices.getUserMedia({ video: FACE });
      if (!this.cameraComing) return stop(camera);
      this.camera = camera;
    } catch (error) {
      this.cameraProblem = problemOf(error);
    }
    this.cameraComing = false;
  }

  /** Switches everything off: the lights beside the camera and in the tab go out. */
  release(): void {
    this.turn++;
    this.asking = this.cameraComing = false;
    stop(this.microphone);
    stop(this.camera);
    this.microphone = this.camera = null;
    this.mixed?.close();
    this.mixed = null;
  }

  /** What comes after a newer choice is closed again at once: nobody wants it any more. */
  private async openMicrophone(id: string | undefined, turn: number): Promise<void> {
    try {
      const audio = id ? { ...VOICE, deviceId: { exact: id } } : VOICE;
      const microphone = await navigator.mediaDevices.getUserMedia({ audio });
      if (turn !== this.turn) return stop(microphone);
      this.microphone = microphone;
      const track = microphone.getAudioTracks()[0]!;
      track.onended = () => this.lose();
      const inUse = { id: track.getSettings().deviceId || id || 'default', label: track.label };
      await this.list(inUse);
      if (turn === this.turn) this.microphoneId = inUse.id;
    } catch (error) {
      if (turn === this.turn) this.microphoneProblem = problemOf(error);
    }
    if (turn === this.turn) this.asking = false;
  }

  /** Firefox mixes only what runs at the mixer's own rate: a mixer that nothing records yet is made anew at that of the microphone. */
  private mixMicrophone(): void {
    try {
      return this.mixer.useMicrophone(this.microphone);
    } catch {
      if (!this.mixer.recorded) {
        this.mixed!.close();
        this.mixed = new Mixer(this.microphone!.getAudioTracks()[0]!.getSettings().sampleRate);
        return this.mixed.useMicrophone(this.microphone);
      }
    }
    stop(this.microphone);
    this.microphone = null;
    this.microphoneProblem = 'unfit';
  }

  /** A browser that was asked only once may keep the names of the others to itself; the one in use is always listed. */
  private async list(inUse?: Device): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const microphones = devices
      .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
    if (inUse && !microphones.some(({ id }) => id === inUse.id)) microphones.unshift(inUse);
    // The same list again would only take the focus from whoever chooses in it.
    if (JSON.stringify(microphones) !== JSON.stringify(this.microphones)) this.microphones = microphones;
  }

  private lose(): void {
    this.microphone = null;
    this.microphoneId = '';
    this.unplugged = true;
    this.mixer.useMicrophone(null);
    void this.list();
  }
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null;
    track.stop();
  }
}

function problemOf(error: unknown): DeviceProblem {
  const { name } = error as Error;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'blocked';
}
