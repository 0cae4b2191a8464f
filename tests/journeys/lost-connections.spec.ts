/// <reference lib="dom" />
import { WITH_DEVICES } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';
import { refuseAsOurs } from './our-refusal.js';

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES)), 90_000);
afterAll(() => journey?.end());

/** Bytes acknowledged so far for the newest upload. */
async function acknowledged(): Promise<number> {
  const { rows } = await journey.app.database.pool.query(
    'SELECT offset_bytes FROM recording.upload ORDER BY created_at DESC LIMIT 1',
  );
  return rows[0]?.offset_bytes ?? 0;
}

/** Confirms Discard while the server is not reached; then it is, and refuses. */
async function discardInVain(customer: CustomerPage): Promise<void> {
  const { page } = customer;
  const DISCARD = '**/discard';
  let reached = false; // one route: between two of them a retry would get through
  await page.route(DISCARD, (route) => (reached ? refuseAsOurs(route, 403, 'FORBIDDEN') : route.abort()));
  await customer.press('Discard');
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await customer.heading('Deleting your recording');
  await customer.reads(/No connection to us .* It is deleted/);
  await page.keyboard.press('Escape');
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  reached = true;
  await customer.reads('This could not be deleted.');
  await page.unroute(DISCARD);
}

/** Runs in the page: what lies in its private files about recordings. */
async function written(): Promise<string> {
  const root = await navigator.storage.getDirectory();
  let all = '';
  for await (const folder of (await root.getDirectoryHandle('screendesk-recordings')).values())
    if (folder instanceof FileSystemDirectoryHandle)
      all += await (await (await folder.getFileHandle('recording.json')).getFile()).text();
  return all;
}

/** Reloads the page when note and cut are written down. */
async function reloadWithNoteAndCut(customer: CustomerPage): Promise<void> {
  const { page } = customer;
  const beginning = page.getByRole('slider', { name: 'Beginning' });
  await page.getByLabel('Add a note').fill('Typed');
  await eventually(async () => expect(Number(await beginning.getAttribute('max'))).toBeGreaterThan(2000));
  await beginning.press('ArrowRight');
  await beginning.press('ArrowRight');
  await eventually(async () => expect(await page.evaluate(written)).toMatch(/"note":"Typed","cut":\{"startMs":200/));
  await page.reload();
  await customer.press('Continue with it');
  await customer.heading('Watch it, then send it');
  expect(await page.getByLabel('Add a note').inputValue()).toBe('Typed');
  await eventually(async () => expect(await beginning.inputValue()).toBe('200')); // once its length is known
}

it('says that it is offline, keeps recording, and once it is back deletes nothing in vain, brings note and cut over a reload, and sends everything', async () => {
  const customer = await journey.customer();
  await customer.startRecording();
  await customer.record(2);
  await journey.browser.context.setOffline(true);
  try {
    await customer.reads(/^No connection/);
    await customer.record(4);
    await customer.stopRecording();
  } finally {
    await journey.browser.context.setOffline(false);
  }
  await discardInVain(customer);
  await reloadWithNoteAndCut(customer);
  await customer.send();
  const recording = await journey.watchable();
  expect(recording.durationMs).toBeGreaterThan(5300);
}, 150_000);

it('offers to finish after the tab has crashed, and loses no acknowledged byte', async () => {
  const link = await journey.askForRecording();
  const customer = await CustomerPage.open(journey.browser.context, link);
  await customer.startRecording();
  await customer.record(4);
  const before = await eventually(async () => {
    const bytes = await acknowledged();
    expect(bytes).toBeGreaterThan(0);
    return bytes;
  });
  const crashed = customer.page.waitForEvent('crash');
  void customer.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await customer.page.close();
  const again = await CustomerPage.open(journey.browser.context, link);
  await again.heading('You have an unfinished recording');
  await again.press('Continue with it');
  await again.heading('Watch it, then send it');
  await again.send();
  expect(await acknowledged()).toBeGreaterThanOrEqual(before);
  const recording = await journey.watchable();
  expect(recording.durationMs).toBeGreaterThan(2500);
}, 150_000);

it('tells who asked that the customer would rather not, and says so only once they have heard it', async () => {
  const customer = await journey.customer();
  await customer.page.route('**/customer/decline', (route) => route.abort());
  await customer.press('I would rather not');
  await customer.reads(/is being told/);
  await customer.page.unroute('**/customer/decline');
  await customer.reads(/has been told/);
  await eventually(async () => {
    const { body } = await journey.workspace.admin.get('recording-requests').expect(200);
    expect(body.items[0].status).toBe('declined');
  });
}, 60_000);

it('gives the agent what arrived when the customer never comes back, where the workspace wants that', async () => {
  await journey.workspace.admin.patch('workspace', { abandonedPolicy: 'finalise' }).expect(200);
  const customer = await journey.customer();
  await customer.startRecording();
  await customer.record(4);
  const seconds = `SELECT 1 FROM recording.segment s JOIN recording.upload u ON u.id = s.upload_id
    WHERE u.created_at = (SELECT max(created_at) FROM recording.upload)`;
  const arrived = async () => (await journey.app.database.pool.query(seconds)).rowCount;
  await eventually(async () => expect(await arrived()).toBeGreaterThanOrEqual(4)); // one append a second
  await customer.page.close();
  await journey.app.database.pool.query("UPDATE recording.upload SET last_append_at = now() - interval '1 day'");
  await eventually(async () => {
    const { body } = await journey.workspace.admin.get('recordings').expect(200);
    expect(body.items[0]).toMatchObject({ status: 'ready', interrupted: true });
    expect(body.items[0].durationMs).toBeGreaterThan(2500);
  }, 90_000);
}, 150_000);
