import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openClock, WITH_DEVICES, type Browser } from '../support/browser.js';
import { decode } from '../support/decode.js';
import { eventually } from '../support/eventually.js';
import { WholeApp, type TestWorkspace } from '../support/whole-app.js';
import { CustomerPage } from './customer-page.js';

let app: WholeApp;
let workspace: TestWorkspace;
let browser: Browser;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'screendesk-journey-'));
  app = await WholeApp.start({ FFMPEG: 'auto' });
  workspace = await app.workspace();
  browser = await openBrowser(WITH_DEVICES);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function link(): Promise<string> {
  const { body } = await workspace.admin
    .post('recording-requests', { customerName: 'Jane', ticket: { reference: 'T-7' } })
    .expect(201);
  return body.link;
}

it('records a tab with the microphone, and what the agent gets is what was shown', async () => {
  await openClock(browser.context);
  const customer = await CustomerPage.open(browser.context, await link());
  await customer.startRecording();
  await customer.record(6);
  await customer.stopRecording();
  await customer.send();
  const recording = await eventually(async () => {
    const { body } = await workspace.admin.get('recordings').expect(200);
    expect(body.items[0]).toMatchObject({ status: 'ready', customerName: 'Jane' });
    return body.items[0];
  }, 60_000);
  const file = join(directory, 'final.webm');
  await writeFile(file, (await workspace.admin.get(`recordings/${recording.id}/download`).expect(200)).bytes);
  const decoded = await decode(file);
  expect(Math.abs(decoded.seconds - recording.durationMs / 1000)).toBeLessThan(0.5);
  expect(decoded.seconds).toBeGreaterThan(5.5);
  expect(decoded.differentFrames).toBeGreaterThan(30);
  expect(decoded.loudest).toBeGreaterThan(-40);
}, 120_000);
