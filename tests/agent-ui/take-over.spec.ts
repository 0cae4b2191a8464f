import { takeOver, type Taking } from '../../frontend/src/lib/agent/player/take-over.js';

/** A video element reduced to what taking over uses; seeking finishes in the next turn, `slowness` seconds late. */
class FakeVideo extends EventTarget implements Taking {
  muted = false;
  volume = 1;
  playbackRate = 1;
  readyState = 0;
  paused = true;
  #at = 0;

  constructor(private readonly whileSeeking: () => void = () => undefined) {
    super();
  }

  get currentTime() {
    return this.#at;
  }
  set currentTime(at: number) {
    this.#at = at;
    queueMicrotask(() => {
      this.whileSeeking();
      this.readyState = 4;
      this.dispatchEvent(new Event('seeked'));
    });
  }
  play() {
    this.paused = false;
    return Promise.resolve();
  }
  pause() {
    this.paused = true;
  }
  loads() {
    this.readyState = 1;
    this.dispatchEvent(new Event('loadedmetadata'));
  }
}
const going = () => new AbortController().signal;

it('goes on at the same moment, speed and loudness, and silences the one before', async () => {
  const before = Object.assign(new FakeVideo(), { paused: false, volume: 0.4, playbackRate: 1.5 });
  before.currentTime = 12;
  const after = new FakeVideo();
  const taken = takeOver(before, after, going());
  expect(after.muted).toBe(true);
  after.loads();
  expect(await taken).toBe(true);
  expect(after).toMatchObject({ currentTime: 12, paused: false, volume: 0.4, playbackRate: 1.5, muted: false });
  expect(before.paused).toBe(true);
});

it('leaves a paused recording paused, and a muted one muted', async () => {
  const before = Object.assign(new FakeVideo(), { muted: true });
  before.currentTime = 3;
  const after = new FakeVideo();
  const taken = takeOver(before, after, going());
  after.loads();
  await taken;
  expect(after).toMatchObject({ paused: true, muted: true, currentTime: 3 });
});

it('seeks ahead when seeking itself takes so long that it would be noticed', async () => {
  const secondsPerSeek = 1;
  const before = Object.assign(new FakeVideo(), { paused: false });
  let seeks = 0;
  const after = new FakeVideo(() => {
    seeks++;
    before.currentTime += secondsPerSeek;
  });
  const taken = takeOver(before, after, going());
  after.loads();
  await taken;
  expect(seeks).toBe(2);
  expect(after.currentTime).toBeCloseTo(before.currentTime);
});

it('gives up when the page goes meanwhile, and leaves what plays alone', async () => {
  const before = Object.assign(new FakeVideo(), { paused: false });
  const stop = new AbortController();
  const taken = takeOver(before, new FakeVideo(), stop.signal);
  stop.abort();
  expect(await taken).toBe(false);
  expect(before.paused).toBe(false);
});
