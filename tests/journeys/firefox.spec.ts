import type { Page } from 'puppeteer-core';
import { openFirefox, type Firefox } from '../support/firefox.js';
import { Workplace } from './workplace.js';

let firefox: Firefox;
let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.open();
  firefox = await openFirefox();
}, 90_000);

afterAll(async () => {
  await firefox?.close();
  await workplace?.end();
});

const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`;
const heading = (text: string) => `h1::-p-text(${text})`;
const press = (page: Page, name: string) => page.locator(button(name)).click();
const sees = (page: Page, selector: string) => page.waitForSelector(selector, { visible: true, timeout: 30_000 });

it('records in Firefox, and what the agent gets is what was shown', async () => {
  const page = await firefox.browser.newPage();
  await page.goto(await workplace.askForRecording());
  await press(page, 'Start');
  await sees(page, heading('Get ready'));
  await press(page, 'Choose what to share');
  await sees(page, button('Stop'));
  const began = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() - from >= 6000, {}, began);
  await press(page, 'Stop');
  await sees(page, heading('Watch it, then send it'));
  await (await sees(page, 'button::-p-text(Send to )'))!.click();
  await sees(page, heading('has received your recording'));
  const recording = await workplace.watchable();
  const decoded = await workplace.decoded(recording.id);
  expect(Math.abs(decoded.seconds - recording.durationMs / 1000)).toBeLessThan(0.5);
  expect(decoded).toMatchObject({ width: 1280, height: 800 });
  expect(decoded.seconds).toBeGreaterThan(5.5);
  expect(decoded.differentFrames).toBeGreaterThan(5);
  expect(decoded.loudest).toBeGreaterThan(-40);
}, 150_000);
