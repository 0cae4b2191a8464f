import { CLOCK_TITLE, WITH_DEVICES } from '../support/browser.js';
import { Journey } from './journey.js';
import { dragMouse } from './pointer.js';

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

it('leaves a pause out, ends in review when the shared tab is closed, and leaves out the end that the mouse cuts off', async () => {
  const customer = await journey.customer();
  await customer.startRecording();
  const begun = performance.now();
  await customer.record(2);
  await customer.press('Pause');
  await customer.reads('Nothing is recorded at the moment.');
  const paused = performance.now();
  await customer.record(5);
  const pauseMs = performance.now() - paused;
  await customer.press('Go on');
  await customer.record(2);
  const clock = journey.browser.context.pages().find((page) => page.url() === 'about:blank' && page !== customer.page);
  for (const page of journey.browser.context.pages()) if ((await page.title()) === CLOCK_TITLE) await page.close();
  expect(clock).toBeDefined();
  await customer.heading('Watch it, then send it');
  const wholeMs = performance.now() - begun;
  await customer.reads('You stopped sharing');
  const end = customer.page.getByRole('slider', { name: 'End' });
  const lengthMs = Number(await end.getAttribute('max'));
  expect(lengthMs).toBeGreaterThan(3000);
  expect(lengthMs).toBeLessThan(wholeMs - pauseMs + 2000); // it may have begun a little before that was read
  await dragMouse(customer.page, customer.page.locator('.track:has(input)'), 1, 0.9, 0.7);
  const keptMs = Number(await end.inputValue());
  expect(Math.abs(keptMs / lengthMs - 0.7)).toBeLessThan(0.1);
  await customer.send();
  const { seconds } = await journey.decoded((await journey.watchable()).id);
  expect(Math.abs(seconds - keptMs / 1000)).toBeLessThan(0.3);
}, 150_000);
