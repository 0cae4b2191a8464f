/// <reference lib="dom" />
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
const press = async (page: Page, name: string) => (await sees(page, button(name)))!.click();

/** Waits, and when it was in vain says what there was instead. */
async function sees(page: Page, selector: string) {
  return page.waitForSelector(selector, { visible: true, timeout: 30_000 }).catch(async (error: Error) => {
    throw new Error(`${error.message}\nThe page says: ${await page.evaluate(() => document.body.innerText)}`);
  });
}

/** From the link to the recording that the agent can watch. */
async function record(page: Page, prepare?: () => Promise<unknown>): Promise<any> {
  await page.goto(await workplace.askForRecording());
  await press(page, 'Start');
  await sees(page, heading('Get ready'));
  await prepare?.();
  await press(page, 'Choose what to share');
  await sees(page, button('Stop'));
  const began = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() - from >= 6000, {}, began);
  await press(page, 'Stop');
  await sees(page, heading('Watch it, then send it'));
  await (await sees(page, 'button::-p-text(Send to )'))!.click();
  await sees(page, heading('has received your recording'));
  return workplace.watchable();
}

it('records in Firefox, and what the agent gets is what was shown', async () => {
  const recording = await record(await firefox.browser.newPage());
  const decoded = await workplace.decoded(recording.id);
  expect(Math.abs(decoded.seconds - recording.durationMs / 1000)).toBeLessThan(0.5);
  expect(decoded).toMatchObject({ width: 1280, height: 800 });
  expect(decoded.seconds).toBeGreaterThan(5.5);
  expect(decoded.differentFrames).toBeGreaterThan(5);
  expect(decoded.loudest).toBeGreaterThan(-40);
}, 150_000);

/** Runs in the page. */
function haveNoMicrophone(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wanted) =>
    wanted?.audio ? Promise.reject(new DOMException('None', 'NotFoundError')) : open(wanted);
}

it('records in Firefox where nothing hears and nothing plays sound, and the camera beside it', async () => {
  const page = await firefox.browser.newPage();
  await page.evaluateOnNewDocument(haveNoMicrophone);
  const recording = await record(page, async () => {
    await (await sees(page, '::-p-aria([name="Camera"][role="switch"])'))!.click();
    await sees(page, 'video');
  });
  const [screen, face] = [await workplace.decoded(recording.id), await workplace.decoded(recording.id, 'camera')];
  for (const { seconds, differentFrames } of [screen, face]) {
    expect(seconds).toBeGreaterThan(5);
    expect(differentFrames).toBeGreaterThan(5);
  }
}, 150_000);
