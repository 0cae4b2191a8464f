import '../agent-ui/runes.js';
import { Equipment } from '../../frontend/src/lib/recorder/capture/equipment.svelte.js';

/** What this browser's sound runs at, and what was asked of its devices. */
let asked: MediaStreamConstraints[];
const track = (sampleRate?: number) => ({
  label: 'One',
  getSettings: () => ({ deviceId: 'one', sampleRate }),
  stop() {},
});
const stream = (rate?: number) => ({ getTracks: () => [track(rate)], getAudioTracks: () => [track(rate)] });

/** As Firefox's: it takes only what runs at its own rate. */
class Context {
  state = 'running';
  constructor(readonly options?: { sampleRate?: number }) {}
  get rate() {
    return this.options?.sampleRate ?? 48_000;
  }
  createMediaStreamDestination = () => ({ stream: stream() });
  createAnalyser = () => ({ connect() {}, fftSize: 0 });
  createConstantSource = () => ({ offset: { value: 1 }, connect() {}, start() {} });
  createMediaStreamSource(source: ReturnType<typeof stream>) {
    const { sampleRate } = source.getAudioTracks()[0]!.getSettings();
    if (sampleRate !== this.rate) throw new DOMException('Different sample rates', 'NotSupportedError');
    return { connect() {}, disconnect() {} };
  }
  async close() {}
}

let rate: number;
beforeEach(() => {
  asked = [];
  rate = 48_000;
  const getUserMedia = async (wanted: MediaStreamConstraints) => (asked.push(wanted), stream(rate));
  const mediaDevices = { getUserMedia, enumerateDevices: async () => [] };
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices }, configurable: true });
  Object.assign(globalThis, { AudioContext: Context });
});

it('switches the camera on for the next recording, too, for whoever had chosen it, and for nobody else', async () => {
  const equipment = new Equipment();
  await equipment.prepareCamera();
  expect(asked).toEqual([]);
  await equipment.useCamera(true);
  equipment.release();
  await equipment.prepareCamera();
  expect([equipment.camera !== null, asked.length]).toEqual([true, 2]);
  await equipment.useCamera(false);
  equipment.release();
  await equipment.prepareCamera();
  expect([equipment.camera, asked.length]).toEqual([null, 2]);
});

it('hears a microphone that runs at another rate than the mixer', async () => {
  const equipment = new Equipment();
  rate = 16_000;
  await equipment.useMicrophone('one');
  expect([equipment.microphone !== null, equipment.microphoneProblem]).toEqual([true, null]);
});

it('says of one that comes in mid-recording, when nothing can be mixed anew, that it does not fit', async () => {
  const equipment = new Equipment();
  await equipment.useMicrophone('one');
  expect(equipment.sound.length).toBe(1);
  rate = 16_000;
  await equipment.useMicrophone('two');
  expect([equipment.microphone, equipment.microphoneProblem]).toEqual([null, 'unfit']);
});
