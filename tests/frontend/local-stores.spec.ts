import { openBrowser, type Browser } from '../support/browser.js';
import { ModuleServer } from './support/module-server.js';
import type { StoreReport } from './support/store-contract.worker.js';

const server = new ModuleServer();
let origin: string;
let browser: Browser;
beforeAll(async () => {
  origin = await server.start();
  browser = await openBrowser([]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});

async function reportOf(store: string): Promise<StoreReport> {
  const page = await browser.context.newPage();
  await page.goto(origin);
  const script = `new Promise((resolve, reject) => {
    const worker = new Worker('/tests/frontend/support/store-contract.worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.report));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage('${store}');
  })`;
  return page.evaluate(script) as Promise<StoreReport>;
}

it.each(['disk', 'database', 'memory'])('keeps bytes as they came, and forgets them when told: %s', async (store) => {
  const lasts = store !== 'memory';
  const { listed, ...report } = await reportOf(store);
  expect(listed).toHaveLength(lasts ? 1 : 0);
  expect(report).toEqual({
    storedIn: store,
    sizes: [0, 1, 40_000, 60_001],
    readAcross: true,
    readBeyondTheEnd: 1,
    other: 0,
    sealed: true,
    reopened: lasts ? 60_001 : 0,
    grown: true,
    blob: { same: true, type: 'video/webm' },
    afterRemoval: { listed: [], size: 0 },
  });
});
