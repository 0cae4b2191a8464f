/// <reference lib="dom" />
import { join } from 'node:path';
import type { FileChooser } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { accessibilityFaults } from './axe.js';
import { Journey } from './journey.js';

const VIDEO = join(import.meta.dirname, '../fixtures/media/h264-opus.mp4');

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin([])), 90_000);
afterAll(() => journey?.end());

/** Runs in the page: no phone's browser can share its screen. */
function beAPhone(): void {
  delete (MediaDevices.prototype as Partial<MediaDevices>).getDisplayMedia;
}

async function statusOfRequest(): Promise<string> {
  const { body } = await journey.workspace.admin.get('recording-requests').expect(200);
  return body.items[0].status;
}

it('tells a phone the truth, and takes a video that the phone made itself', async () => {
  await journey.browser.context.addInitScript(beAPhone);
  const customer = await journey.customer();
  await customer.page.setViewportSize({ width: 320, height: 640 });
  await customer.reads('Or send a video you have made yourself');
  await customer.reads(/Your video is saved in encrypted form.* waits for you for 7 days, unseen by anybody/);
  expect(await accessibilityFaults(customer.page)).toEqual([]);
  expect(await statusOfRequest()).toBe('sent');
  await customer.page.keyboard.press('Tab');
  await eventually(async () => expect(await statusOfRequest()).toBe('unsupported'));
  const choose = async (file: Parameters<FileChooser['setFiles']>[0]) => {
    const chooser = customer.page.waitForEvent('filechooser');
    await customer.page.getByText('Choose a video').click();
    await (await chooser).setFiles(file);
  };
  await choose({ name: 'empty.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(0) });
  await customer.reads('That file is empty');
  await choose({ name: 'invoice.mp4', mimeType: 'video/mp4', buffer: Buffer.from('%PDF-1.7 and so on') });
  await customer.reads('That is not a video');
  await choose(join(VIDEO, '../vp8-opus.webm'));
  await customer.heading('Watch it, then send it');
  await customer.press('Choose another video');
  await choose(VIDEO);
  await customer.heading('Watch it, then send it');
  await customer.send();
  const { id } = await journey.watchable();
  const { seconds, differentFrames } = await journey.decoded(id);
  expect(seconds).toBeGreaterThan(1);
  expect(differentFrames).toBeGreaterThan(5);
  expect(await statusOfRequest()).toBe('received');
}, 90_000);
