import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { WITH_DEVICES } from '../support/browser.js';
import { accessibilityFaults } from './axe.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES)), 90_000);
afterAll(() => journey?.end());

const BUILT = readFileSync('frontend/build/r/link.html', 'utf8');
const SCRIPTS = '**/_app/**/*.js';
const losing = (page: Page, which: string) => page.route(which, (route) => route.abort());

/** Says what to do, and once the line is back that helps. */
async function expectRecovery(customer: CustomerPage, which: string): Promise<void> {
  await customer.heading('This page did not load completely');
  expect(await accessibilityFaults(customer.page)).toEqual([]);
  await customer.page.unroute(which);
  await customer.press('Try again');
  await customer.heading(/Show .* what you see/);
}

it.each([
  ['the script that starts the page', /<script type="module" src="([^"]+)"/],
  ['what that script imports', /<link rel="modulepreload" href="([^"]+)"/],
])(
  'says so, and what to do, when %s does not arrive',
  async (_, named) => {
    const customer = new CustomerPage(await journey.browser.context.newPage());
    const script = `**${named.exec(BUILT)![1]}`;
    await losing(customer.page, script);
    await customer.page.goto(await journey.askForRecording());
    await expectRecovery(customer, script);
  },
  60_000,
);

it('says so when a later step does not arrive', async () => {
  const customer = await journey.customer();
  await customer.heading(/Show .* what you see/);
  await losing(customer.page, SCRIPTS);
  await customer.press('Start');
  await customer.heading('Get ready');
  await customer.press('Choose what to share');
  await expectRecovery(customer, SCRIPTS);
}, 60_000);
