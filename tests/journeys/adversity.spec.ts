/// <reference lib="dom" />
import { CLOCK_TITLE, openBrowser, openClock, WITH_DEVICES } from '../support/browser.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';

let journey: Journey;

beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES)), 90_000);

afterAll(() => journey?.end());

/** @param within seconds; the last picture of a still screen counts as long as the one before it */
async function expectWatchable(longerThan: number, within = 0.5): Promise<void> {
  const recording = await journey.watchable();
  const { seconds } = await journey.decoded(recording.id);
  expect(Math.abs(seconds - recording.durationMs / 1000)).toBeLessThan(within);
  expect(seconds).toBeGreaterThan(longerThan);
}

/** Runs in the page: keeps the microphone's track where the test can pull its plug. */
function rememberMicrophone(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    if (wanted?.audio) Object.assign(globalThis, { microphone: stream.getAudioTracks()[0] });
    return stream;
  };
}

function pullThePlug(): void {
  const { microphone } = globalThis as unknown as { microphone: MediaStreamTrack };
  microphone.stop();
  microphone.dispatchEvent(new Event('ended'));
}

it('goes on without the microphone when it is unplugged, on a screen where nothing moves', async () => {
  for (const page of journey.browser.context.pages())
    if ((await page.title()) === CLOCK_TITLE) await page.setContent(`<title>${CLOCK_TITLE}</title><h1>Still</h1>`);
  await journey.browser.context.addInitScript(rememberMicrophone);
  const customer = await journey.customer();
  await customer.startRecording();
  await customer.record(3);
  await customer.page.evaluate(pullThePlug);
  await customer.reads('The microphone is gone.');
  await customer.record(6);
  expect((await journey.segments()).length).toBeGreaterThan(5); // every second arrives by itself, also where nothing changes
  await customer.stopRecording();
  await customer.send();
  await expectWatchable(8, 1.1);
}, 120_000);

/** Runs in the page. */
function haveNoMicrophone(): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('None', 'NotFoundError'));
}

it('records where there is no microphone at all, and says so first', async () => {
  const browser = await openBrowser(WITH_DEVICES);
  try {
    await openClock(browser.context);
    await browser.context.addInitScript(haveNoMicrophone);
    const customer = await CustomerPage.open(browser.context, await journey.askForRecording());
    await customer.press('Start');
    await customer.reads('No microphone was found.');
    await customer.press('Choose what to share');
    await customer.stoppable();
    await customer.reads('Your voice is not recorded; you can add a note');
    await customer.record(4);
    await customer.stopRecording();
    await customer.send();
    await expectWatchable(3);
  } finally {
    await browser.close();
  }
}, 120_000);

/** Runs in the page: its recorder starts, as some browsers' do, and never gives anything. */
function recordNothing(): void {
  Object.defineProperty(MediaRecorder.prototype, 'ondataavailable', { set: () => undefined });
}

it('waits for a slow recorder, and says so before the end when the browser records nothing', async () => {
  const browser = await openBrowser(WITH_DEVICES);
  try {
    await openClock(browser.context);
    await browser.context.addInitScript(recordNothing);
    await browser.context.clock.install();
    const customer = await CustomerPage.open(browser.context, await journey.askForRecording());
    await customer.startRecording();
    await customer.page.clock.fastForward(20_000);
    await customer.reads('Starting to record…');
    await customer.stoppable();
    await customer.page.clock.fastForward(10_000);
    await customer.heading('Get ready');
    await customer.reads('Your browser recorded nothing.');
  } finally {
    await browser.close();
  }
}, 90_000);
