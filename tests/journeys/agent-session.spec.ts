/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { openBrowser, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { PASSWORD } from '../support/whole-app.js';
import { accessibilityFaults } from './axe.js';
import { Workplace } from './workplace.js';

/** One browser, in which sessions begin, end and change hands while pages are open. */
let place: Workplace;
let office: Browser;
let recording: string;
const ADA = { name: 'Ada Lovelace', email: '' };
const ALEX = { name: 'Alex Agent', email: 'alex@x.example' };
const AUDITOR = { name: 'Audrey', email: 'audrey@x.example' };

beforeAll(async () => {
  place = await Workplace.open({ FFMPEG: 'off' });
  const { admin } = place.workspace;
  ADA.email = (await admin.get('session').expect(200)).body.member.email;
  await admin.post('members', { ...ALEX, role: 'agent', password: PASSWORD }).expect(201);
  await admin.post('members', { ...AUDITOR, role: 'auditor', password: PASSWORD }).expect(201);
  const customer = await place.app.customer(await place.askForRecording());
  recording = await customer.record(await readFile('tests/fixtures/media/vp8-opus.webm'));
  // While it is made, one video takes another's place.
  await eventually(async () => {
    const { body } = await admin.get(`recordings/${recording}`).expect(200);
    expect(body.status).toBe('ready');
  });
  office = await openBrowser([]);
}, 90_000);
afterAll(async () => {
  await office?.close();
  await place?.end();
});
beforeEach(async () => {
  await office.context.clearCookies();
});
afterEach(async () => {
  for (const page of office.context.pages().slice(1)) await page.close();
});

async function open(path: string): Promise<Page> {
  const page = await office.context.newPage();
  await page.goto(`${place.app.url}${path}`);
  return page;
}

/** A page on which somebody has just signed in. */
async function signIn({ email }: { email: string }): Promise<Page> {
  const page = await open('/login');
  await page.getByLabel('E-mail').fill(email);
  await enterPassword(page);
  await page.getByRole('heading', { level: 1, name: /Library|Settings/ }).waitFor();
  return page;
}

async function enterPassword(page: Page): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/login$/);
}

/** The form for a request, with something typed. */
async function writeRequest(page: Page, message: string): Promise<void> {
  await page.getByRole('button', { name: 'Request recording' }).first().click();
  await page.getByLabel('Message').fill(message);
}

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const ended = (page: Page) => dialog(page, 'Your session has ended');
const takenBy = (page: Page, { name }: { name: string }) => dialog(page, `You are now signed in as ${name} here`);
const visibleWords = (page: Page) => page.locator('body').innerText();

it('hides a page whose session has ended and stops what plays, until its owner signs in again in any tab', async () => {
  const first = await signIn(ALEX);
  const watching = await open(`/recordings/${recording}`);
  await watching.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
  await watching.evaluate(() => {
    const video = document.querySelector('video')!;
    video.loop = true;
    return video.play();
  });
  const writing = await open('/requests');
  await writeRequest(writing, 'Half written');
  const widget = await open('/widget?ticket=T-1');
  await widget.getByRole('button', { name: 'Request recording' }).waitFor();
  await signOut(first);
  for (const page of [watching, writing]) {
    await ended(page).waitFor();
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Escape');
    expect(await ended(page).isVisible()).toBe(true);
    expect(await visibleWords(page)).not.toMatch(/Jane|Half written|Requests|Live|Alex/);
    expect(await page.title()).not.toContain('Jane');
    expect(await page.getByRole('main').count()).toBe(0); // of what screen readers have
  }
  expect(await writing.getByLabel('Message').isVisible()).toBe(false); // words in a field are in no text of the page
  expect(await watching.evaluate(() => document.querySelector('video')!.paused)).toBe(true);
  expect(await accessibilityFaults(watching)).toEqual([]);
  await widget.getByRole('heading', { name: 'Sign in' }).waitFor();
  await enterPassword(writing);
  await ended(writing).waitFor({ state: 'detached' });
  expect(await writing.getByLabel('Message').inputValue()).toBe('Half written');
  await watching.getByRole('heading', { name: /Jane/ }).waitFor();
  expect(await watching.title()).toContain('Jane');
  await widget.getByRole('button', { name: 'Request recording' }).waitFor();
  // What was typed is not lost by a slip of the finger either.
  const question = writing.waitForEvent('dialog');
  await writing.evaluate(() => setTimeout(() => location.reload()));
  expect((await question).type()).toBe('beforeunload');
  await (await question).dismiss();
  expect(await writing.getByLabel('Message').inputValue()).toBe('Half written');
  await writing.getByRole('button', { name: 'Make link' }).click();
  await writing.getByLabel('Recording link').waitFor();
}, 90_000);

it('does nothing on one person’s page in another’s name, tells who is there, and goes on for either', async () => {
  await signIn(ALEX);
  const writing = await open('/requests');
  await writeRequest(writing, 'Meant by Alex');
  const deaf = await office.context.newPage();
  await deaf.addInitScript(() =>
    Object.assign(BroadcastChannel.prototype, { postMessage() {}, addEventListener() {} }),
  );
  await deaf.addInitScript(() => Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set() {} }));
  await deaf.goto(`${place.app.url}/requests`);
  await writeRequest(deaf, 'Never told');
  const adas = await signIn(ADA);
  await takenBy(writing, ADA).waitFor();
  expect(await visibleWords(writing)).not.toMatch(/Meant by Alex|Jane|Requests/);
  expect(await accessibilityFaults(writing)).toEqual([]);
  const answer = deaf.waitForResponse((response) => response.request().method() === 'POST');
  await deaf.getByRole('button', { name: 'Make link' }).click();
  expect((await answer).status()).toBe(401);
  await takenBy(deaf, ADA).waitFor();
  await deaf.getByRole('button', { name: 'Go on as Ada Lovelace' }).click();
  await deaf.getByRole('button', { name: 'Account: Ada Lovelace' }).waitFor();
  const { body } = await place.workspace.admin.get('recording-requests').expect(200);
  expect(body.items.map(({ message }: { message: string }) => message)).not.toContain('Never told');
  await writing.getByRole('button', { name: 'Sign in as Alex Agent' }).click();
  await enterPassword(writing);
  await takenBy(writing, ADA).waitFor({ state: 'detached' });
  expect(await writing.getByLabel('Message').inputValue()).toBe('Meant by Alex');
  await takenBy(adas, ALEX).waitFor();
}, 90_000);

it('tells also who follows nothing live that their session has ended', async () => {
  const first = await signIn(AUDITOR);
  const members = await open('/settings/members');
  await members.getByRole('list', { name: 'Members' }).waitFor();
  await signOut(first);
  await ended(members).waitFor();
  await members.close();
  // Told by nobody, as where the session was ended on another computer.
  await signIn(AUDITOR);
  const later = await office.context.newPage();
  await later.clock.install();
  await later.goto(`${place.app.url}/settings/members`);
  await later.getByRole('list', { name: 'Members' }).waitFor();
  await office.context.clearCookies();
  await later.clock.runFor(61_000);
  await ended(later).waitFor();
}, 60_000);

it('says that a download may have been cut, when the session ends before the file comes', async () => {
  await signIn(ALEX);
  const page = await open(`/recordings/${recording}`);
  await page.route(/\/downloads$/, async (route) => {
    const response = await route.fetch();
    await office.context.clearCookies();
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('menuitem').first().click();
  await ended(page).getByText('If a download was still running, it has stopped').waitFor();
}, 60_000);

it('asks which workspace to enter where a password opens several, and goes back, by the keyboard alone', async () => {
  const other = await place.app.workspace('Globex');
  const email = 'consultant@x.example';
  for (const { admin } of [place.workspace, other])
    await admin.post('members', { name: 'Con', email, role: 'agent', password: PASSWORD }).expect(201);
  const agent = await open('/login');
  const prove = async () => {
    await agent.getByLabel('E-mail').fill(email);
    await agent.getByLabel('Password').fill(PASSWORD);
    await agent.keyboard.press('Enter');
    await agent.getByText('Your password opens several workspaces').waitFor();
  };
  await prove();
  expect(await accessibilityFaults(agent)).toEqual([]);
  expect(await agent.evaluate(() => document.activeElement!.textContent)).toContain('Choose the one to enter');
  await agent.getByRole('button', { name: 'Back' }).press('Enter');
  expect(await agent.getByLabel('E-mail').evaluate((field) => field === document.activeElement)).toBe(true);
  await prove();
  await agent.keyboard.press('Tab');
  await agent.keyboard.press('Tab');
  await agent.keyboard.press('Enter');
  await agent.getByRole('heading', { name: 'Library' }).waitFor();
  await agent.getByText('Globex').first().waitFor();
}, 60_000);
