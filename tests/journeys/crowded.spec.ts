import { WITH_DEVICES } from '../support/browser.js';
import { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';
import { refuseAsOurs } from './our-refusal.js';

let journey: Journey;
beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES, { WORKSPACE_GIGABYTES: '1' })), 90_000);
afterAll(() => journey?.end());

/** The page's worker asks at once what it would ask again later. */
const retryNow = (customer: CustomerPage) => customer.page.evaluate(() => void dispatchEvent(new Event('online')));

/** A link under which as many recordings lie open as may; and how to discard them. */
async function crowdedLink() {
  const link = await journey.askForRecording();
  const elsewhere = await journey.app.customer(link);
  await elsewhere.consent().expect(204);
  const others: string[] = [];
  for (let count = 0; count < 5; count++)
    others.push((await elsewhere.createUpload().expect(201)).headers.get('upload-recording')!);
  const clear = async () => {
    for (const recordingId of others) await elsewhere.discard(recordingId).expect(204);
  };
  return { link, clear };
}

it('says that a recording cannot begin beside so many others, and lets it begin once they are gone', async () => {
  const { link, clear } = await crowdedLink();
  const customer = await CustomerPage.open(journey.browser.context, link);
  await customer.press('Start');
  await customer.heading('Get ready');
  await customer.press('Choose what to share');
  await customer.reads('so another one cannot begin. Discard those you do not need where they were begun');
  await clear();
  await customer.press('Choose what to share');
  await customer.stoppable();
  await customer.stopRecording();
  await customer.send();
}, 90_000);

it('ends a recording that is refused beside so many others, says so, and sends it once they are gone', async () => {
  const { link, clear } = await crowdedLink();
  const { context } = journey.browser;
  const customer = await CustomerPage.open(context, link);
  const recorded = customer.page.getByText('Saved', { exact: true });
  await context.route('**/uploads', async (route) => {
    await recorded.waitFor();
    await route.fallback();
  });
  await customer.startRecording();
  await customer.heading('Watch it, then send it');
  await context.unroute('**/uploads');
  await customer.reads('Several other recordings that were begun with this link lie open, so this one ended there.');
  await customer.press(/^Send to /);
  await customer.reads('This could not be sent yet:');
  await clear();
  await customer.send();
}, 90_000);

it('goes on with the screen when the camera cannot be saved, and says so', async () => {
  const { context } = journey.browser;
  const customer = await journey.customer();
  await context.route('**/uploads', (route) => {
    const camera = /track Y2FtZXJh/.test(route.request().headers()['upload-metadata'] ?? '');
    return camera ? refuseAsOurs(route, 409, 'TOO_MANY_UPLOADS') : route.fallback();
  });
  await customer.press('Start');
  await customer.page.getByRole('switch', { name: 'Camera' }).click();
  await customer.page.getByLabel('Your camera picture').waitFor();
  await customer.press('Choose what to share');
  await customer.stoppable();
  await customer.reads('Your camera picture could not be saved, so your camera is off now.');
  await customer.record(4);
  await customer.reads('Saved');
  await customer.stopRecording();
  await customer.reads('Your camera picture is missing here');
  await customer.send();
  await context.unroute('**/uploads');
  const { id, camera } = await journey.watchable();
  expect(camera).toBe(false);
  expect((await journey.decoded(id)).seconds).toBeGreaterThan(4);
}, 90_000);

it('tells while recording that the server refuses it, and sends it when it is taken again', async () => {
  const { context } = journey.browser;
  const customer = await journey.customer();
  await context.route('**/uploads/*', (route) => refuseAsOurs(route, 400, 'HEADER_MALFORMED'));
  await customer.startRecording();
  await customer.page.getByText('Starting to record…').waitFor({ state: 'detached' });
  for (let refusals = 0; refusals < 40; refusals++) {
    await retryNow(customer);
    await customer.record(0.2);
  }
  await customer.reads('Our server does not accept this recording at the moment. Nothing is lost');
  await context.unroute('**/uploads/*');
  await customer.stopRecording();
  await customer.send();
}, 90_000);

it('waits with the upload for room that was taken after the link was opened', async () => {
  const begun = await journey.app.customer(await journey.askForRecording());
  await begun.consent().expect(204);
  const { headers } = await begun.createUpload().expect(201);
  const customer = await journey.customer();
  await customer.press('Start');
  await customer.heading('Get ready');
  const declare = (bytes: number | null) =>
    journey.app.database.pool.query('UPDATE recording.upload SET declared_length = $1 WHERE id = $2', [
      bytes,
      headers.get('location')!.split('/').at(-1),
    ]);
  await declare(999_000_000);
  await customer.press('Choose what to share');
  await customer.stoppable();
  await customer.reads(/There is no room for it at .* at the moment. Nothing is lost/);
  await customer.stopRecording();
  await customer.press(/^Send to /);
  await customer.reads('Sending goes on as soon as there is.');
  await declare(null);
  await retryNow(customer);
  await customer.heading(/has received your recording/);
}, 90_000);
