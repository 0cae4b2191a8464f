/**
 * One sound track from several sources. A recorder cannot take a new track in mid-recording, so it gets this one,
 * and microphones come and go behind it. It also measures how loud the microphone is.
 */
export class Mixer {
  /** A recorder has its track: that cannot be another any more. */
  recorded = false;
  private readonly context: AudioContext;
  private readonly output: MediaStreamAudioDestinationNode;
  private readonly meter: AnalyserNode;
  private readonly samples: Float32Array<ArrayBuffer>;
  private microphone: MediaStreamAudioSourceNode | null = null;
  private computer: MediaStreamAudioSourceNode | null = null;

  /** @param sampleRate that of the computer's own sound, unless given */
  constructor(sampleRate?: number) {
    this.context = new AudioContext(sampleRate ? { sampleRate } : undefined);
    this.output = this.context.createMediaStreamDestination();
    this.meter = this.context.createAnalyser();
    this.meter.fftSize = 2048;
    this.samples = new Float32Array(this.meter.fftSize);
    this.meter.connect(this.output);
    this.playSilence();
    this.context.onstatechange = () => void this.wake();
  }

  /** For a recorder. */
  take(): MediaStreamTrack {
    this.recorded = true;
    return this.output.stream.getAudioTracks()[0]!;
  }

  /**
   * Whether it mixes. Firefox's stands still for ever where the computer has nothing to play sound with: then it hears
   * nothing, and its track is silence.
   */
  get runs(): boolean {
    return this.context.state === 'running';
  }

  /** Puts another microphone in place of the present one; null for none. */
  useMicrophone(stream: MediaStream | null): void {
    this.microphone?.disconnect();
    this.microphone = null;
    this.microphone = stream && this.context.createMediaStreamSource(stream);
    this.microphone?.connect(this.meter);
    void this.wake();
  }

  /** The same for the computer's own sound. */
  useComputer(stream: MediaStream | null): void {
    this.computer?.disconnect();
    const audible = stream !== null && stream.getAudioTracks().length > 0;
    this.computer = audible ? this.context.createMediaStreamSource(stream) : null;
    this.computer?.connect(this.output);
  }

  /** The loudest sample of the microphone in the last moment, between 0 and 1. */
  peak(): number {
    this.meter.getFloatTimeDomainData(this.samples);
    return this.samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  }

  close(): void {
    this.context.onstatechange = null;
    void this.context.close();
  }

  /**
   * Goes on beside all sources. Without any, a browser's track would say nothing rather than be silent, and a recorder
   * that waits for its sound gives no pictures either: none at all, or none any more once the microphone has gone.
   */
  private playSilence(): void {
    const silence = this.context.createConstantSource();
    silence.offset.value = 0;
    silence.connect(this.output);
    silence.start();
  }

  /** Browsers suspend a context that was made without a press, and Safari one that a call interrupted. */
  private async wake(): Promise<void> {
    if (this.context.state !== 'running' && this.context.state !== 'closed')
      await this.context.resume().catch(() => {});
  }
}
