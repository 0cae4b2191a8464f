/// <reference lib="dom" />
import { WITH_DEVICES } from '../support/browser.js';
import { PASSWORD } from '../support/whole-app.js';
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

it('keeps its button in one place while the microphone is asked for and the camera is offered', async () => {
  const customer = await journey.customer();
  await customer.page.evaluate(ponderTheMicrophone);
  await customer.press('Start');
  await customer.page.evaluate(watchTheButton);
  await customer.page.getByRole('switch', { name: 'Camera' }).waitFor();
  await customer.reads('Your browser is asking for your microphone.');
  await customer.page.evaluate(() => dispatchEvent(new Event('allowed')));
  await customer.page
    .getByText(/^(Say something|We can hear you)/)
    .filter({ visible: true })
    .waitFor();
  expect(await customer.page.evaluate(() => (window as unknown as Watched).places)).toHaveLength(1);
  await customer.page.getByLabel('Microphone', { exact: true }).selectOption('No microphone');
  await customer.reads('Your voice will not be recorded.');
  expect(await customer.page.evaluate(() => (window as unknown as Watched).places)).toHaveLength(1);
});

interface Watched {
  /** Every place the button was ever painted at, pixels from the top. */
  places: number[];
}

/** The browser's question stays open until the page hears `allowed`, as with a person who reads it. */
function ponderTheMicrophone(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  const allowed = new Promise((resolve) => addEventListener('allowed', resolve, { once: true }));
  devices.getUserMedia = (wish) => allowed.then(() => ask(wish));
}

function watchTheButton(): void {
  const places = ((window as unknown as Watched).places = [] as number[]);
  const look = () => {
    const button = [...document.querySelectorAll('button')].find(
      (each) => each.textContent.trim() === 'Choose what to share',
    );
    const place = button?.getBoundingClientRect().top;
    if (place !== undefined && !places.includes(place)) places.push(place);
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
