import { Mixer } from './mixer.js';

export type DeviceProblem = 'blocked' | 'absent' | 'busy';
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
  computerSound = $state(false);
  private mixed: Mixer | null = null;

  get mixer(): Mixer {
    return (this.mixed ??= new Mixer());
  }

  /**
   * What a recording is to hear: everything, mixed; where the mixer does not run the microphone alone, or nothing. A
   * recorder would wait for ever for the first sound of a mixer that stands still.
   */
  get sound(): MediaStreamTrack[] {
    return this.mixer.runs ? [this.mixer.track] : (this.microphone?.getAudioTracks() ?? []);
  }

  /** Opens a microphone in place of the present one; an empty id means none, undefined whichever the system prefers. */
  async useMicrophone(id: string | undefined): Promise<void> {
    stop(this.microphone);
    this.microphone = null;
    this.microphoneProblem = null;
    this.unplugged = false;
    this.microphoneId = id ?? '';
    if (id !== '') await this.openMicrophone(id);
    this.mixer.useMicrophone(this.microphone);
  }

  async useCamera(on: boolean): Promise<void> {
    stop(this.camera);
    this.camera = null;
    this.cameraProblem = null;
    if (!on) return;
    try {
      this.camera = await navigator.mediaDevices.getUserMedia({ video: FACE });
    } catch (error) {
      this.cameraProblem = problemOf(error);
    }
  }

  /** Switches everything off: the lights beside the camera and in the tab go out. */
  release(): void {
    stop(this.microphone);
    stop(this.camera);
    this.microphone = this.camera = null;
    this.mixed?.close();
    this.mixed = null;
  }

  private async openMicrophone(id: string | undefined): Promise<void> {
    this.asking = true;
    try {
      const audio = id ? { ...VOICE, deviceId: { exact: id } } : VOICE;
      this.microphone = await navigator.mediaDevices.getUserMedia({ audio });
      const track = this.microphone.getAudioTracks()[0]!;
      track.onended = () => this.lose();
      const inUse = { id: track.getSettings().deviceId || id || 'default', label: track.label };
      await this.list(inUse);
      this.microphoneId = inUse.id;
    } catch (error) {
      this.microphoneProblem = problemOf(error);
    }
    this.asking = false;
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
