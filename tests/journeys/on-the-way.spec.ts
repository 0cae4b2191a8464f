/// <reference lib="dom" />
import type { Page } from 'puppeteer-core';
import { PORTAL, startAnsweringProxy, type AnsweringProxy } from '../support/answering-proxy.js';
import { WITH_DEVICES } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { openFirefox, type Firefox } from '../support/firefox.js';
import { freePort } from '../support/redis.js';
import { Journey } from './journey.js';

/** Between the customers and the server: a gateway that knows GET and POST only and little at once, and a sign-in page. */
let way: AnsweringProxy;
let journey: Journey;
let firefox: Firefox;
/** Whether the sign-in page answers what ends a recording. */
let signedOut: boolean;
/** Whether the gateway is still away, so that there is much to send at once. */
let away: boolean;
let refused: Set<string>;

beforeAll(async () => {
  const PORT = String(await freePort());
  way = await startAnsweringProxy(new URL(`http://127.0.0.1:${PORT}`));
  const PUBLIC_URL = way.url.replace('127.0.0.1', 'localhost');
  journey = await Journey.begin(WITH_DEVICES, { PORT, PUBLIC_URL });
  firefox = await openFirefox();
}, 120_000);

afterAll(async () => {
  await firefox?.close();
  await journey?.end();
  await way?.stop();
});

beforeEach(() => {
  [signedOut, away, refused] = [true, true, new Set()];
  way.answer = ({ method, url, headers }) => {
    if (signedOut && url!.endsWith('/submit')) return (refused.add('submit'), PORTAL);
    if (!url!.startsWith('/uploads')) return null;
    if (away) return { status: 502 };
    if (method === 'PATCH') return (refused.add('PATCH'), { status: 405 });
    return Number(headers['content-length']) > 32_768 ? (refused.add('413'), { status: 413 }) : null;
  };
});

/** Runs in the page: whether a recording lies in its private files. */
async function keeps(): Promise<boolean> {
  const root = await navigator.storage.getDirectory();
  const recordings = await root.getDirectoryHandle('screendesk-recordings');
  for await (const one of recordings.values()) if (one instanceof FileSystemDirectoryHandle) return true;
  return false;
}

/** Runs in the page: as browsers translate it, each text in an element of the translator's own. */
function translate(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (texts.nextNode()) found.push(texts.currentNode as Text);
  for (const text of found) {
    if (!text.data.trim() || text.parentElement!.closest('script, style, [translate="no"]')) continue;
    const translated = document.createElement('font');
    text.replaceWith(translated);
    translated.textContent = text.data;
  }
}

/** Everything that stands on the way has had its say. */
const allRefused = () => eventually(async () => expect([...refused].sort()).toEqual(['413', 'PATCH', 'submit']));

async function arrivesWhole(): Promise<void> {
  const id = await eventually(async () => {
    const { body } = await journey.workspace.admin.get('recordings').expect(200);
    expect(body.items[0]).toMatchObject({ status: 'ready' });
    return body.items[0].id;
  }, 60_000);
  const { seconds, differentFrames } = await journey.decoded(id);
  expect(seconds).toBeGreaterThan(5);
  expect(differentFrames).toBeGreaterThan(5);
}

it('gets a recording there from Chromium, and believes a sign-in page nothing', async () => {
  const customer = await journey.customer();
  await customer.startRecording();
  await customer.record(3);
  await customer.page.evaluate(translate);
  const time = customer.page.getByRole('timer');
  const before = await time.innerText();
  await customer.record(3);
  expect(await time.innerText()).not.toBe(before);
  away = false;
  await customer.stopRecording();
  await customer.press(/^Send to /);
  await customer.reads('Something between you and us answers in our place');
  await customer.reads('Save a copy on this computer');
  await allRefused();
  expect(await customer.page.evaluate(keeps)).toBe(true);
  signedOut = false;
  await customer.heading(/has received your recording/);
  expect(await customer.page.evaluate(keeps)).toBe(false);
  await arrivesWhole();
}, 150_000);

const sees = (page: Page, selector: string) => page.waitForSelector(selector, { visible: true, timeout: 60_000 });
const press = async (page: Page, text: string) => (await sees(page, `button::-p-text(${text})`))!.click();

it('gets one there from Firefox, too', async () => {
  const page = await firefox.browser.newPage();
  await page.goto(await journey.askForRecording());
  await press(page, 'Start');
  await press(page, 'Choose what to share');
  await sees(page, '::-p-aria([name="Stop"][role="button"])');
  const began = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() - from >= 6000, {}, began);
  away = false;
  await press(page, 'Stop');
  await press(page, 'Send to ');
  await sees(page, '::-p-text(Something between you and us answers in our place)');
  await allRefused();
  expect(await page.evaluate(keeps)).toBe(true);
  signedOut = false;
  await sees(page, 'h1::-p-text(has received your recording)');
  expect(await page.evaluate(keeps)).toBe(false);
  await arrivesWhole();
}, 150_000);
