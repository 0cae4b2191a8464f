/// <reference lib="dom" />
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { openBrowser, openClock, WITH_DEVICES } from '../support/browser.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';

const NO_COPY_HERE = 'This browser cannot keep a copy on this computer.';
const WORKER = /keeper\.worker/;

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES)), 90_000);
afterAll(() => journey?.end());

async function expectWatchable(longerThan: number): Promise<void> {
  const recording = await journey.watchable();
  const { seconds } = await journey.decoded(recording.id);
  expect(Math.abs(seconds - recording.durationMs / 1000)).toBeLessThan(0.5);
  expect(seconds).toBeGreaterThan(longerThan);
}

/** As Safari's private windows do. */
const NO_FILE_SYSTEM = `StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('No', 'SecurityError'));`;

/** As a scanner on the computer does that holds a file at the wrong moment. */
const NO_DELETION = `const { removeEntry } = FileSystemDirectoryHandle.prototype;
  FileSystemDirectoryHandle.prototype.removeEntry = function (name, how) {
    if (how?.recursive) return Promise.reject(new DOMException('No', 'NoModificationAllowedError'));
    return removeEntry.call(this, name, how);
  };`;

/** Puts a script before the worker's own: it is the worker that stores, and a page's scripts do not reach it. */
async function beginWorkersWith(script: string, context: BrowserContext): Promise<void> {
  await context.unroute(WORKER);
  await context.route(WORKER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

/** Runs in the page. */
async function whereItIs(): Promise<{ databases: (string | undefined)[]; folders: string[] }> {
  const folders: string[] = [];
  for await (const { name } of (await navigator.storage.getDirectory()).values()) folders.push(name);
  return { databases: (await indexedDB.databases()).map(({ name }) => name), folders };
}

it('keeps the recording in a database where there is no file system, and offers to finish it after a crash', async () => {
  const { context } = journey.browser;
  await beginWorkersWith(NO_FILE_SYSTEM, context);
  const link = await journey.askForRecording();
  const customer = await CustomerPage.open(context, link);
  await customer.startRecording();
  await customer.record(4);
  expect(await customer.page.evaluate(whereItIs)).toEqual({ databases: ['screendesk'], folders: [] });
  expect(await customer.page.getByText(NO_COPY_HERE).count()).toBe(0);
  const second = await CustomerPage.open(context, link);
  await second.heading('A recording was begun elsewhere');
  await second.page.close();
  const crashed = customer.page.waitForEvent('crash');
  void customer.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await customer.page.close();
  const again = await CustomerPage.open(context, link);
  await again.heading('You have an unfinished recording');
  await again.press('Continue with it');
  await again.heading('Watch it, then send it');
  await again.send();
  await expectWatchable(2.5);
}, 120_000);

it('says that it was sent also when the copy here cannot be deleted', async () => {
  await beginWorkersWith(NO_DELETION, journey.browser.context);
  const customer = await journey.customer();
  await customer.startRecording();
  await customer.record(3);
  await customer.stopRecording();
  await customer.send();
  await expectWatchable(2.5);
  expect((await customer.page.evaluate(whereItIs)).folders).not.toEqual([]);
}, 120_000);

/** The profile of somebody who lets no site store anything on this computer. */
async function profileWithoutStorage(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'screendesk-browser-'));
  await mkdir(join(profile, 'Default'));
  const BLOCK = 2;
  const preferences = { profile: { default_content_setting_values: { cookies: BLOCK } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  return profile;
}

it('keeps the recording in memory where nothing may be stored at all, says so, and sends all of it', async () => {
  const browser = await openBrowser(WITH_DEVICES, { profile: await profileWithoutStorage() });
  try {
    await openClock(browser.context);
    const customer = await CustomerPage.open(browser.context, await journey.askForRecording());
    const refused = () => localStorage.length;
    await expect(customer.page.evaluate(refused)).rejects.toThrow('SecurityError');
    await customer.startRecording();
    await customer.reads(NO_COPY_HERE);
    await customer.record(4);
    await customer.stopRecording();
    await customer.send();
    await expectWatchable(3.5);
  } finally {
    await browser.close();
  }
}, 120_000);
