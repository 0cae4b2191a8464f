/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { openBrowser, type Browser } from '../support/browser.js';
import { PASSWORD } from '../support/whole-app.js';
import { Workplace } from './workplace.js';

/** What agents see where nobody answers: neither yes nor no, and the line stands. */
let place: Workplace;
let office: Browser;

beforeAll(async () => {
  place = await Workplace.open({ FFMPEG: 'off' });
  office = await openBrowser([]);
}, 90_000);
afterAll(async () => {
  await office?.close();
  await place?.end();
});

/** Runs in the page: half a minute passes in half a second. */
function beImpatient(): void {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(ms / 60);
}

it('says that nobody answered where the server falls silent, and lets go of the button', async () => {
  const page = await office.context.newPage();
  await page.addInitScript(beImpatient);
  await page.goto(`${place.app.url}/login`);
  await page.route('**/api/v1/session', (route) =>
    route.request().method() === 'POST' ? undefined : route.fallback(),
  );
  const { body } = await place.workspace.admin.get('session').expect(200);
  await page.getByLabel('E-mail').fill(body.member.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
  await signIn.click();
  await page.getByText('Screendesk cannot be reached.').waitFor();
  await page.unroute('**/api/v1/session');
  await signIn.click();
  await page.getByRole('heading', { level: 1, name: 'Library' }).waitFor();
  expect(await page.getByText('Screendesk is loading').isVisible()).toBe(false);
  await expectBusyWhileItComes(page);
}, 60_000);

/** A press on a place of the app is answered before its page is there. */
async function expectBusyWhileItComes(page: Page): Promise<void> {
  const came = Promise.withResolvers<void>();
  await page.route('**/_app/**/*.js', (route) => came.promise.then(() => route.continue()));
  const requests = page.getByRole('link', { name: 'Requests', exact: true });
  await requests.click();
  await page.locator('nav a[aria-busy=true]', { hasText: 'Requests' }).waitFor();
  came.resolve();
  await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  expect(await requests.getAttribute('aria-busy')).toBe('false');
}

it('says so, and what to do, where the scripts of the page do not come', async () => {
  const page = await office.context.newPage();
  await page.route('**/_app/**/*.js', () => undefined);
  await page.goto(`${place.app.url}/login`, { waitUntil: 'commit' });
  await page.getByText('Screendesk is loading').waitFor();
  await page.unroute('**/_app/**/*.js');
  await page.getByRole('link', { name: 'load the page again' }).click();
  await page.getByLabel('E-mail').waitFor();
  expect(await page.getByText('Screendesk is loading').isVisible()).toBe(false);
}, 60_000);
