/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import { openBrowser, WITH_DEVICES, type Browser } from '../support/browser.js';
import { runOut } from '../support/watching.js';
import { PASSWORD } from '../support/whole-app.js';
import { accessibilityFaults } from './axe.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';
import { dragFinger, dragMouse } from './pointer.js';

let journey: Journey;
let office: Browser;
let agent: Page;

beforeAll(async () => {
  journey = await Journey.begin(WITH_DEVICES);
  office = await openBrowser([]);
  agent = await office.context.newPage();
}, 90_000);
afterAll(async () => {
  await office?.close();
  await journey?.end();
});

const at = (path: string) => `${journey.app.url}${path}`;

it('signs in, and is told what to do when the password is wrong', async () => {
  const { body } = await journey.workspace.admin.get('session').expect(200);
  await agent.goto(at('/login'));
  await agent.getByLabel('E-mail').fill(body.member.email);
  await agent.getByLabel('Password').fill('not it');
  await agent.getByRole('button', { name: 'Sign in' }).click();
  await agent.getByText('do not match').waitFor();
  expect(await accessibilityFaults(agent)).toEqual([]);
  await agent.getByLabel('Password').fill(PASSWORD);
  await agent.getByRole('button', { name: 'Sign in' }).click();
  await agent.getByRole('heading', { name: 'Library' }).waitFor();
  await agent.getByText('Nothing recorded yet').waitFor();
  expect(await accessibilityFaults(agent)).toEqual([]);
}, 60_000);

it('asks from the ticket, sees every step live, and watches without reloading', async () => {
  const widget = await office.context.newPage();
  await widget.setViewportSize({ width: 320, height: 640 });
  await widget.goto(at('/widget?ticket=T-42&subject=Login'));
  await widget.getByRole('button', { name: 'Request recording' }).click();
  const link = await widget.getByLabel('Recording link').inputValue();
  expect(link).toContain('/r/');
  const customer = await CustomerPage.open(journey.browser.context, link);
  await customer.page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  await customer.page.keyboard.press('Tab');
  await widget.getByText('Opened').first().waitFor();
  await customer.startRecording();
  await widget.getByText('Recording now').first().waitFor();
  await customer.record(4);
  await customer.stopRecording();
  await customer.send();
  await widget.getByText('Ready').first().waitFor({ timeout: 60_000 });
  await widget.getByLabel('Recording link').waitFor({ state: 'detached' });
  expect(await widget.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await accessibilityFaults(widget)).toEqual([]);
  await agent.getByLabel('Watched').selectOption('Not watched');
  const unwatched = agent.getByText('Not watched yet');
  await unwatched.waitFor({ state: 'attached' }); // in the library, which is open beside it
  await widget.getByRole('button', { name: 'Play' }).first().click();
  await plays(widget);
  await unwatched.waitFor({ state: 'detached' });
  await agent.getByText('No recording matches').waitFor();
}, 150_000);

it('watches in the library with the keyboard alone', async () => {
  await agent.goto(at('/'));
  await agent
    .getByRole('link', { name: /Login|T-42|Customer/ })
    .first()
    .focus();
  await agent.keyboard.press('Enter');
  await agent.waitForURL(/\/recordings\//);
  expect(await accessibilityFaults(agent)).toEqual([]);
  await agent.locator('video').waitFor();
  await agent.keyboard.press('k');
  await plays(agent);
  await agent.keyboard.press('k');
  await agent.waitForFunction(() => document.querySelector('video')!.paused);
}, 60_000);

it('has noted once that this page was opened to watch, and the widget’s player', async () => {
  const { body } = await journey.workspace.admin.get('recordings').expect(200);
  const viewings = await journey.viewings();
  expect(viewings.map(({ type, data }) => [type, data.recordingId])).toEqual(
    Array.from({ length: 2 }, () => ['RecordingViewed', body.items[0].id]),
  );
});

it('goes on at its place and speed when its time is up in the middle, and begins another viewing', async () => {
  const { body } = await journey.workspace.admin.get('recordings').expect(200);
  const before = await journey.viewings();
  const over = await runOut(journey.app, before.at(-1)!);
  const asked: string[] = [];
  await agent.route(/\/media\?viewing=/, async (route) => {
    const viewing = new URL(route.request().url()).searchParams.get('viewing')!;
    asked.push(viewing);
    if (viewing !== asked[0]) return route.continue();
    if (asked.length > 1) return route.continue({ url: route.request().url().replace(viewing, over) });
    const response = await route.fetch();
    const whole = await response.body();
    const part = whole.subarray(0, Math.floor(whole.length * 0.6));
    const range = `bytes 0-${part.length - 1}/${whole.length}`;
    await route.fulfill({ response, status: 206, body: part, headers: { ...response.headers(), 'content-length': `${part.length}`, 'content-range': range } }); // prettier-ignore
  });
  await agent.route(/\/viewings\/[\w-]+$/, (route) =>
    route.continue({ url: route.request().url().replace(asked[0]!, over) }),
  );
  await agent.goto(at(`/recordings/${body.items[0].id}`));
  await agent.locator('video[src]').waitFor();
  for (const key of ['>', 'k']) await agent.keyboard.press(key);
  await agent.waitForFunction(() => {
    const video = document.querySelector('video')!;
    return video.ended && video.currentTime > 3;
  });
  expect(await agent.evaluate(() => document.querySelector('video')!.playbackRate)).toBe(1.25);
  expect(new Set(asked).size).toBe(2);
  expect(await journey.viewings()).toHaveLength(before.length + 3); // the one that was run out among them
  await agent.unrouteAll();
}, 60_000);

it('asks once who is there, and goes on by itself in the list and the player after the server was away', async () => {
  let away: RegExp | null = null;
  let sessions = 0;
  await agent.route(/\/api\/v1\//, async (route) => {
    const { pathname } = new URL(route.request().url());
    sessions += Number(/\/session$/.test(pathname));
    if (away?.test(pathname)) return route.fulfill({ status: 503, headers: { 'retry-after': '1' } });
    await route.fallback();
  });
  const notNow = agent.getByText('Screendesk is not available right now');
  const first = agent.getByRole('link', { name: /Login|T-42|Customer/ }).first();
  away = /\/session$/;
  await agent.goto(at('/'));
  await notNow.waitFor();
  away = /\/recordings$/;
  await agent.getByRole('heading', { name: 'Library' }).waitFor();
  await notNow.waitFor();
  const asked = sessions;
  away = /\/viewings$/;
  await first.waitFor();
  await agent.getByRole('searchbox').fill('Nobody');
  await agent.getByText('No recording matches').waitFor();
  await agent.getByRole('link', { name: 'Requests' }).click();
  await agent.getByRole('heading', { name: 'Requests' }).waitFor();
  await agent.getByRole('link', { name: 'Library' }).click();
  await first.click();
  await agent.getByText('The video could not be loaded').waitFor();
  away = null;
  await agent.locator('video[src]').waitFor();
  expect(sessions).toBe(asked);
  await agent.unrouteAll();
}, 60_000);

it('downloads by its menu, under the name that the server gives, noted once for a double click', async () => {
  const before = await journey.viewings();
  const release = await hold(/\/downloads$/);
  await agent.getByRole('button', { name: 'Download' }).click();
  await agent.getByRole('menuitem', { name: 'Video file' }).dblclick();
  await agent.getByText('The download begins in a moment').waitFor();
  const [download] = await Promise.all([agent.waitForEvent('download'), release()]);
  expect(download.suggestedFilename()).toMatch(/^recording-[0-9a-f]{8}\.webm$/);
  expect(await download.failure()).toBeNull();
  expect(await agent.evaluate(() => getSelection()!.toString())).toBe('');
  const noted = (await journey.viewings()).slice(before.length);
  expect(noted.map(({ type }) => type)).toEqual(['RecordingDownloaded']);
}, 60_000);

it.each([
  ['a press of the mouse', dragMouse, [0.75]],
  ['a drag of the mouse', dragMouse, [0.1, 0.4, 0.5]],
  ['a tap', dragFinger, [0.25]],
  ['a drag of the finger', dragFinger, [0.9, 0.7, 0.6]],
] as const)('seeks by %s on the bar as it is seen', async (_, drag, shares) => {
  await agent.locator('video').waitFor();
  await drag(agent, agent.locator('.seek .track'), ...shares);
  await agent.waitForFunction(
    ([to]) => {
      const slider = document.querySelector<HTMLInputElement>('.seek input')!;
      const share = document.querySelector('video')!.currentTime / Number(slider.max);
      return Math.abs(share - to) < 0.03;
    },
    [shares.at(-1)!] as const,
    { timeout: 5000 },
  );
});

it.each(['/requests', '/settings'])('finds nothing inaccessible at %s', async (path) => {
  await agent.goto(at(path));
  await agent.getByRole('heading', { level: 1 }).waitFor();
  expect(await accessibilityFaults(agent)).toEqual([]);
});

async function signInAs(role: string): Promise<void> {
  const email = `${role}@x.example`;
  await journey.workspace.admin.post('members', { name: role, email, role, password: PASSWORD }).expect(201);
  await agent.context().clearCookies();
  await agent.goto(at('/login'));
  await agent.getByLabel('E-mail').fill(email);
  await agent.getByLabel('Password').fill(PASSWORD);
  await agent.getByRole('button', { name: 'Sign in' }).click();
  await agent.getByRole('heading', { level: 1 }).waitFor();
}

const placesShown = () => agent.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents();

it('lets a viewer watch, and shows nothing of what they may not do', async () => {
  // One page of a browser listens for all of them, and the widget's goes on as whoever signed in before.
  for (const page of office.context.pages()) if (page !== agent) await page.close();
  await signInAs('viewer');
  await agent
    .getByRole('link', { name: /Login|T-42|Customer/ })
    .first()
    .waitFor();
  expect((await placesShown()).map((place) => place.trim())).toEqual(['Library', 'Requests', 'Settings']);
  expect(await agent.getByRole('button', { name: 'Request recording' }).count()).toBe(0);
  await agent
    .getByRole('link', { name: /Login|T-42|Customer/ })
    .first()
    .click();
  await agent.locator('video').waitFor();
  for (const name of ['Delete', 'Download']) expect(await agent.getByRole('button', { name }).count()).toBe(0);
  expect(await accessibilityFaults(agent)).toEqual([]);
  // Removed meanwhile, they read so, rather than that the line is being mended.
  const { body } = await journey.workspace.admin.get('members').expect(200);
  const { id } = body.items.find(({ role }: { role: string }) => role === 'viewer');
  await journey.workspace.admin.delete(`members/${id}`).expect(204);
  await agent.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
}, 60_000);

it('lets an auditor see who may do what, and no recording', async () => {
  await signInAs('auditor');
  await agent.waitForURL(at('/settings'));
  expect((await placesShown()).map((place) => place.trim())).toEqual(['Settings']);
  await agent.getByRole('link', { name: 'Members' }).click();
  await agent.getByRole('list', { name: 'Members' }).waitFor();
  for (const name of ['Add member', 'More']) expect(await agent.getByRole('button', { name }).count()).toBe(0);
  await agent.getByRole('link', { name: 'API keys' }).click();
  await agent.getByText('No API keys').waitFor();
  expect(await agent.getByRole('button', { name: 'Create API key' }).count()).toBe(0);
  expect(await accessibilityFaults(agent)).toEqual([]);
  await agent.goto(at('/requests'));
  await agent.getByText('You may not see this').waitFor();
  expect(await agent.getByRole('combobox').count()).toBe(0);
  const { body } = await journey.workspace.admin.get('recordings').expect(200);
  await agent.goto(at(`/recordings/${body.items[0].id}`));
  await agent.getByRole('link', { name: 'Go to settings' }).click();
  await agent.waitForURL(at('/settings'));
  // From within, too, where nobody asks anew who is there.
  await agent.getByRole('link', { name: 'Members' }).click();
  await agent.waitForURL(at('/settings/members'));
  await agent.evaluate(() => document.body.appendChild(Object.assign(document.createElement('a'), { href: '/' })).click()); // prettier-ignore
  await agent.waitForURL(at('/settings'));
}, 60_000);

it('removes a member whose API keys another one holds from then on', async () => {
  const { admin } = journey.workspace;
  const add = async (name: string, role: string) => {
    const email = `${name.toLowerCase()}@x.example`;
    await admin.post('members', { name, email, role, password: PASSWORD }).expect(201);
    return journey.app.signIn(email);
  };
  await add('Heiress', 'admin');
  const leaver = await add('Leaver', 'admin');
  await leaver.post('api-keys', { name: 'Zendesk app', scopes: ['requests:read'] }).expect(201);
  const { body } = await admin.get('session').expect(200);
  await agent.context().clearCookies();
  await agent.goto(at('/login?next=/settings/members'));
  await agent.getByLabel('E-mail').fill(body.member.email);
  await agent.getByLabel('Password').fill(PASSWORD);
  await agent.keyboard.press('Enter');
  const row = agent.getByRole('listitem').filter({ hasText: 'Leaver' });
  await row.getByRole('button', { name: 'More actions' }).press('Enter');
  await agent.getByRole('menuitem', { name: 'Change role' }).press('Enter');
  const roles = agent.getByRole('dialog', { name: 'Role of Leaver' });
  await roles.getByLabel('Role').selectOption('Auditor');
  await roles.getByText('API keys that they hold open nothing').waitFor();
  expect(await accessibilityFaults(agent)).toEqual([]);
  await roles.getByLabel('Role').selectOption('Owner');
  await roles.getByText('API keys that they hold open nothing').waitFor({ state: 'detached' });
  await roles.getByRole('button', { name: 'Cancel' }).press('Enter');
  await row.getByRole('button', { name: 'More actions' }).press('Enter');
  await agent.getByRole('menuitem', { name: 'Remove' }).press('Enter');
  const dialog = agent.getByRole('dialog', { name: 'Remove Leaver?' });
  await dialog.getByText('Zendesk app').waitFor();
  await dialog.getByRole('radio', { name: 'Hand over' }).press('Space');
  expect(await accessibilityFaults(agent)).toEqual([]);
  const holders = dialog.getByLabel('New holder');
  expect(await holders.locator('option').allTextContents()).toEqual(['Ada Lovelace (you)', 'Heiress']);
  await holders.selectOption('Heiress');
  await dialog.getByRole('button', { name: 'Remove' }).press('Enter');
  await agent.getByText('Leaver was removed').waitFor();
  await row.waitFor({ state: 'detached' });
  await agent.getByRole('link', { name: 'API keys' }).press('Enter');
  await agent.getByText('Held by Heiress').waitFor();
  expect(await agent.getByText('Opens nothing at the moment').count()).toBe(0);
  const { body: members } = await admin.get('members').expect(200);
  const heiress = members.items.find(({ name }: { name: string }) => name === 'Heiress');
  await admin.patch(`members/${heiress.id}`, { role: 'viewer' }).expect(204);
  await agent.reload();
  await agent.getByText('Opens nothing at the moment').waitFor();
  expect(await accessibilityFaults(agent)).toEqual([]);
  await agent.getByRole('button', { name: 'Revoke' }).press('Enter');
  await agent.getByRole('dialog').getByRole('button', { name: 'Revoke' }).press('Enter');
  await agent.getByText('“Zendesk app” no longer works').waitFor();
}, 60_000);

it('keeps what can be done with a request at the edge of a narrow page, offers no link that was replaced, and says of one that it is', async () => {
  const { admin } = journey.workspace;
  const { body } = await admin.post('recording-requests', { customerName: 'Narrow' }).expect(201);
  await agent.setViewportSize({ width: 320, height: 640 });
  await agent.goto(at('/requests'));
  const row = agent.getByRole('article').filter({ hasText: 'Narrow' });
  const edgeOf = async (name: string) => {
    const box = await row.getByRole('button', { name }).boundingBox();
    return Math.round(box!.x + box!.width);
  };
  await row.waitFor();
  expect(await edgeOf('More actions')).toBe(await edgeOf('New link'));
  await row.getByRole('button', { name: 'New link' }).click();
  await row.getByRole('button', { name: 'Copy link' }).waitFor();
  await choose(row, 'Cancel request');
  await row.getByText('Cancelled').waitFor();
  await agent.getByRole('button', { name: 'Undo' }).hover(); // time stands still meanwhile
  const news = agent.waitForResponse(new RegExp(`/recording-requests/${body.id}\\?after=`));
  await admin.post(`recording-requests/${body.id}/remind`).expect(200);
  await (await news).finished();
  expect(await row.getByText('Cancelled').count()).toBe(1);
  await agent.getByRole('button', { name: 'Undo' }).click();
  await row.getByRole('button', { name: 'New link' }).waitFor();
  await agent.goto(body.link);
  await agent.getByRole('heading', { name: 'There is a newer link' }).waitFor();
}, 60_000);

/** Lets calls wait until they are released. */
async function hold(address: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await agent.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

async function choose(row: Locator, entry: string): Promise<void> {
  await row.getByRole('button', { name: 'More actions' }).click();
  await agent.getByRole('menuitem', { name: entry }).click();
}

async function plays(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.3, undefined, {
    timeout: 20_000,
  });
}
