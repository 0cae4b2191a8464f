/// <reference lib="dom" />
import { WITH_DEVICES } from '../support/browser.js';
import { PASSWORD } from '../support/whole-app.js';
import type { CustomerPage } from './customer-page.js';
import { Journey } from './journey.js';

let journey: Journey;

beforeAll(async () => void (journey = await Journey.begin(WITH_DEVICES)), 90_000);
afterAll(() => journey?.end());

it('records the camera beside the screen, and the agent sees it in a corner, at the same moment', async () => {
  const customer = await journey.customer();
  await customer.press('Start');
  await customer.heading('Get ready');
  await customer.page.getByRole('switch', { name: 'Camera' }).click();
  await customer.page.getByLabel('Your camera picture').waitFor();
  await customer.press('Choose what to share');
  await customer.stoppable();
  await customer.record(4);
  await customer.stopRecording();
  await customer.send();
  const { id, camera } = await journey.watchable();
  expect(camera).toBe(true);
  const face = await journey.decoded(id, 'camera');
  const screen = await journey.workspace.admin.get(`recordings/${id}`).expect(200);
  expect(face.differentFrames).toBeGreaterThan(20);
  expect(face.loudest).toBeNull();
  expect(Math.abs(face.seconds - screen.body.durationMs / 1000)).toBeLessThan(0.7);
  await showsTheCamera(id);
}, 60_000);

it('keeps its button in one place while microphone and camera are asked for', async () => {
  const customer = await journey.customer();
  await customer.page.evaluate(ponderTheDevices);
  await customer.press('Start');
  await customer.page.evaluate(watchTheButton);
  await customer.page.getByRole('switch', { name: 'Camera' }).waitFor();
  await customer.reads('Your browser is asking for your microphone.');
  await customer.page.evaluate(() => dispatchEvent(new Event('allowed')));
  await customer.reads(/^(Say something|We can hear you)/);
  expect(await places(customer)).toHaveLength(1);
  await customer.page.getByLabel('Microphone', { exact: true }).selectOption('No microphone');
  await customer.reads('Your voice will not be recorded.');
  expect(await places(customer)).toHaveLength(1);
  await customer.page.getByRole('switch', { name: 'Camera' }).click();
  await customer.page.getByLabel('Your camera picture').waitFor();
  const withPicture = await places(customer);
  await customer.page.evaluate(() => dispatchEvent(new Event('allowed')));
  await customer.page.waitForFunction(() => document.querySelector('video')?.srcObject);
  expect(await places(customer)).toEqual(withPicture);
});

it('shows what is wrong with the microphone before the button, not under a press on it', async () => {
  const customer = await journey.customer();
  await customer.page.evaluate(refuse, 'getUserMedia' as const);
  await customer.press('Start');
  await customer.page.evaluate(watchTheButton);
  await customer.reads('Your browser blocks the microphone.');
  await customer.page.getByRole('button', { name: 'Choose what to share' }).waitFor();
  expect(await places(customer)).toHaveLength(1);
});

it('closes a microphone that was allowed after the customer went back', async () => {
  const customer = await journey.customer();
  await customer.page.evaluate(ponderTheDevices);
  await customer.press('Start');
  await customer.press('Back');
  await customer.page.evaluate(() => dispatchEvent(new Event('allowed')));
  await customer.page.waitForFunction(() => (window as unknown as Watched).opened?.readyState === 'ended');
});

it('takes another microphone when the one chosen before has gone', async () => {
  const customer = await journey.customer();
  await customer.press('Start');
  await customer.reads(/^(Say something|We can hear you)/);
  await customer.page.getByLabel('Microphone', { exact: true }).selectOption({ index: 0 });
  await customer.reads(/^(Say something|We can hear you)/);
  await customer.page.evaluate(unplugTheChosen);
  await customer.press('Back');
  await customer.press('Start');
  await customer.reads(/^(Say something|We can hear you)/);
});

it('asks nobody again who wanted no microphone and no sound', async () => {
  const customer = await journey.customer();
  await customer.page.evaluate(refuse, 'getDisplayMedia' as const);
  await customer.reads('The sound of your computer is recorded too, unless you switch it off.');
  await customer.press('Start');
  await customer.page.getByRole('switch', { name: 'Sound of this computer' }).uncheck();
  await customer.page.getByLabel('Microphone', { exact: true }).selectOption('No microphone');
  await customer.press('Choose what to share');
  await customer.page.getByRole('alert').waitFor();
  await customer.reads('Your voice will not be recorded.');
  expect(await customer.page.getByRole('switch', { name: 'Sound of this computer' }).isChecked()).toBe(false);
});

it('records a screen from which, and beside which, there is nothing to hear', async () => {
  const customer = await journey.customer();
  await customer.press('Start');
  await customer.page.getByRole('switch', { name: 'Sound of this computer' }).uncheck();
  await customer.page.getByLabel('Microphone', { exact: true }).selectOption('No microphone');
  await customer.press('Choose what to share');
  await customer.stoppable();
  await customer.record(4);
  await customer.stopRecording();
  const sent: string[] = [];
  customer.page.on('request', (request) => void (request.url().endsWith('/submit') && sent.push(request.url())));
  await customer.page.getByRole('button', { name: /^Send to / }).dblclick();
  await customer.heading(/has received your recording/);
  expect(sent).toHaveLength(1);
  const { id } = await journey.watchable();
  const { seconds, differentFrames } = await journey.decoded(id);
  expect(seconds).toBeGreaterThan(3);
  expect(differentFrames).toBeGreaterThan(20);
}, 60_000);

interface Watched {
  /** Every place the button was ever painted at, pixels from the top. */
  places: number[];
  /** The track that was opened last. */
  opened?: MediaStreamTrack;
}

/** After a frame that shows what has happened until now. */
const places = ({ page }: CustomerPage) =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const tell = () => resolve([...(window as unknown as Watched).places]);
        requestAnimationFrame(() => requestAnimationFrame(tell));
      }),
  );

/** The browser's questions stay open until the page hears `allowed`, as with a person who reads them. */
function ponderTheDevices(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wish) => {
    await new Promise((resolve) => addEventListener('allowed', resolve, { once: true }));
    const stream = await ask(wish);
    (window as unknown as Watched).opened = stream.getTracks()[0];
    return stream;
  };
}

/** Without a question, but after the moment that a browser takes. */
function refuse(method: 'getUserMedia' | 'getDisplayMedia'): void {
  navigator.mediaDevices[method] = () =>
    new Promise((_, reject) => setTimeout(reject, 100, new DOMException('', 'NotAllowedError')));
}

/** As a browser answers for a device that is no longer there. */
function unplugTheChosen(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wish) =>
    (wish?.audio as MediaTrackConstraints).deviceId ? Promise.reject(new OverconstrainedError('deviceId')) : ask(wish);
}

function watchTheButton(): void {
  const seen = ((window as unknown as Watched).places = [] as number[]);
  const look = () => {
    const button = [...document.querySelectorAll('button')].find(
      (each) => each.textContent.trim() === 'Choose what to share',
    );
    const place = button?.getBoundingClientRect().top;
    if (place !== undefined && !seen.includes(place)) seen.push(place);
    requestAnimationFrame(look);
  };
  look();
}

async function showsTheCamera(id: string): Promise<void> {
  const agent = await journey.browser.context.newPage();
  const { body } = await journey.workspace.admin.get('session').expect(200);
  await agent.goto(`${journey.app.url}/login`);
  await agent.getByLabel('E-mail').fill(body.member.email);
  await agent.getByLabel('Password').fill(PASSWORD);
  await agent.getByRole('button', { name: 'Sign in' }).click();
  await agent.getByRole('heading', { name: 'Library' }).waitFor();
  await agent.goto(`${journey.app.url}/recordings/${id}`);
  const bubble = agent.getByLabel('The customer’s camera');
  await bubble.waitFor();
  await agent.getByText(/^Will be deleted on /).waitFor();
  await agent.getByRole('button', { name: 'Play', exact: true }).first().click();
  const together = await agent.waitForFunction(() => {
    const [face, screen] = ['video[aria-label]', 'video:not([aria-label])'].map((selector) =>
      document.querySelector<HTMLVideoElement>(selector),
    );
    if (!face?.videoWidth || !screen || face.currentTime < 1) return null;
    return Math.abs(face.currentTime - screen.currentTime) < 0.4;
  });
  expect(await together.jsonValue()).toBe(true);
}
