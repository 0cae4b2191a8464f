/// <reference lib="dom" />
import { DENYING, openBrowser, WITH_DEVICES } from '../support/browser.js';
import { accessibilityFaults } from './axe.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES, { WORKSPACE_GIGABYTES: '1' })), 90_000);
afterAll(() => journey?.end());

it('finds nothing inaccessible on any step of recording', async () => {
  const customer = await journey.customer({ message: 'Please show me the error.' });
  const faults: Record<string, string[]> = {};
  const look = async (step: string) => (faults[step] = await accessibilityFaults(customer.page));
  await customer.heading(/Show .* what you see/);
  await look('welcome');
  await customer.press('Start');
  await customer.heading('Get ready');
  await look('setup');
  await customer.press('Choose what to share');
  await customer.page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await look('recording');
  await customer.record(2);
  await customer.stopRecording();
  await look('review');
  await customer.send();
  await look('done');
  const none = { welcome: [], setup: [], recording: [], review: [], done: [] };
  expect(faults).toEqual(none);
}, 120_000);

it('can be done with the keyboard alone', async () => {
  const customer = await journey.customer();
  const { page } = customer;
  const press = async (name: string | RegExp) => {
    const button = page.getByRole('button', { name, exact: typeof name === 'string' });
    await button.waitFor();
    for (let tabs = 0; tabs < 40; tabs++) {
      if (await button.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${name}`);
  };
  await press('Start');
  await press('Choose what to share');
  await customer.stoppable();
  await customer.record(2);
  await press('Stop');
  await press(/^Send to /);
  await page.getByRole('heading', { name: /has received your recording/ }).waitFor();
}, 120_000);

it('says what to do when the customer does not want to share after all', async () => {
  const wary = await openBrowser(DENYING);
  try {
    const customer = await CustomerPage.open(wary.context, await journey.askForRecording());
    await customer.press('Start');
    await customer.heading('Get ready');
    await customer.press('Choose what to share');
    await customer.heading('Get ready');
    await customer.page.getByRole('alert').first().waitFor();
    expect(await accessibilityFaults(customer.page)).toEqual([]);
  } finally {
    await wary.close();
  }
}, 90_000);

it('gives every dead link a page of its own', async () => {
  const cancelled = await journey.customer();
  const { body } = await journey.workspace.admin.get('recording-requests').expect(200);
  await journey.workspace.admin.post(`recording-requests/${body.items[0].id}/cancel`).expect(204);
  await cancelled.page.reload();
  await cancelled.heading('Nothing to record any more');
  expect(await accessibilityFaults(cancelled.page)).toEqual([]);
  const unknown = await CustomerPage.open(journey.browser.context, `${journey.app.url}/r/${'0'.repeat(26)}`);
  await unknown.heading('This link does not work');
}, 60_000);

it('says before anything is recorded that there is no room, hears a no all the same, and goes on once there is', async () => {
  const { app } = journey;
  const begun = await app.customer(await journey.askForRecording());
  await begun.consent().expect(204);
  await begun.createUpload().expect(201);
  const declare = (bytes: number | null) =>
    app.database.pool.query(`UPDATE recording.upload SET declared_length = $1 WHERE status = 'open'`, [bytes]);
  await declare(999_000_000);
  const customer = await journey.customer({ message: 'Please show me the error.' });
  await customer.page.setViewportSize({ width: 320, height: 640 });
  await customer.reads('There is no room for a recording just now');
  await customer.reads('Please show me the error.');
  await customer.reads(/Your link is fine and works until .*20\d\d/);
  expect(await customer.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await accessibilityFaults(customer.page)).toEqual([]);
  expect(await customer.page.getByRole('button', { name: 'Start', exact: true }).count()).toBe(0);
  await customer.press('I would rather not');
  await customer.reads(/has been told that you would rather not/);
  await customer.press('I have changed my mind');
  await customer.press('Try again');
  await customer.reads('There is still no room.');
  await declare(null);
  await customer.press('Try again');
  await customer.press('Start');
  await customer.heading('Get ready');
}, 60_000);
