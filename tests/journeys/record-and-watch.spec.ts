import { CLOCK_TITLE, WITH_DEVICES } from '../support/browser.js';
import { Journey } from './journey.js';

let journey: Journey;

beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES)), 90_000);

afterAll(() => journey?.end());

it('records a tab with the microphone, and what the agent gets is what was shown', async () => {
  const customer = await journey.customer({ ticket: { reference: 'T-7' } });
  await customer.startRecording();
  await customer.record(6);
  await customer.stopRecording();
  await customer.send();
  const recording = await journey.watchable();
  const decoded = await journey.decoded(recording.id);
  expect(recording).toMatchObject({ customerName: 'Jane', hasPoster: true, interrupted: false });
  expect(Math.abs(decoded.seconds - recording.durationMs / 1000)).toBeLessThan(0.5);
  expect(decoded.seconds).toBeGreaterThan(5.5);
  expect(decoded.differentFrames).toBeGreaterThan(30);
  expect(decoded.frames).toBeLessThanOrEqual(decoded.seconds * 31);
  expect(decoded.loudest).toBeGreaterThan(-40);
  await customer.page.reload();
  await customer.heading('Your recording has been received');
}, 150_000);

it('leaves a pause out, and ends in review when the shared tab is closed', async () => {
  const customer = await journey.customer();
  await customer.startRecording();
  await customer.record(2);
  await customer.press('Pause');
  await customer.reads('Nothing is recorded at the moment.');
  await customer.record(3);
  await customer.press('Go on');
  await customer.record(2);
  const clock = journey.browser.context.pages().find((page) => page.url() === 'about:blank' && page !== customer.page);
  for (const page of journey.browser.context.pages()) if ((await page.title()) === CLOCK_TITLE) await page.close();
  expect(clock).toBeDefined();
  await customer.heading('Watch it, then send it');
  await customer.reads('You stopped sharing');
  await customer.send();
  const { seconds } = await journey.decoded((await journey.watchable()).id);
  expect(seconds).toBeGreaterThan(3);
  expect(seconds).toBeLessThan(6.5);
}, 150_000);
