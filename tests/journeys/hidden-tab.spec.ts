/// <reference lib="dom" />
import { CLOCK_TITLE, WITH_DEVICES } from '../support/browser.js';
import { openPlainBrowser } from '../support/plain-browser.js';
import { Arrivals } from './arrivals.js';
import { Journey } from './journey.js';

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES, {}, { open: openPlainBrowser })), 90_000);
afterAll(() => journey?.end());

/** Runs in the page. */
function rememberVisibility(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { seen });
  document.addEventListener('visibilitychange', () => seen.push(document.visibilityState));
}

it('records on while its own tab is hidden behind the one that it shows', async () => {
  const customer = await journey.customer();
  await customer.startRecording();
  for (const page of journey.browser.context.pages())
    if ((await page.title()) === CLOCK_TITLE) await page.bringToFront();
  await customer.page.waitForFunction(() => document.hidden, undefined, { polling: 100 });
  await customer.page.evaluate(rememberVisibility);
  const arrivals = new Arrivals(journey);
  await customer.record(15);
  const { times, longestGapMs } = await arrivals.end();
  expect(await customer.page.evaluate('seen')).toEqual([]);
  expect(times).toBeGreaterThan(7); // one a second, and a busy machine sends two in one
  expect(longestGapMs).toBeLessThan(4000);
  await customer.page.bringToFront();
  await customer.stopRecording();
  await customer.send();
  const recording = await journey.watchable();
  const decoded = await journey.decoded(recording.id);
  expect(decoded.seconds).toBeGreaterThan(15);
  expect(Math.abs(decoded.seconds - recording.durationMs / 1000)).toBeLessThan(0.5);
  expect(decoded.differentFrames).toBeGreaterThan(75);
}, 120_000);
