import { setTimeout as wait } from 'node:timers/promises';
import { CustomerPage } from '../../tests/journeys/customer-page.js';
import { openBrowser, WITH_DEVICES, type Browser } from '../../tests/support/browser.js';
import { Conversation } from '../product/customer.js';
import { Product } from '../product/product.js';
import { browserMegabytes, Heaps } from './memory.js';
import { openSignal } from './signal-page.js';

const MINUTE_MS = 60_000;
/** An hour's last bytes may take their time on a busy machine. */
const PATIENCE_MS = 3 * MINUTE_MS;

/** Megabytes at one moment of a recording. */
export interface Moment {
  readonly minute: number;
  readonly page: number;
  readonly worker: number;
  readonly server: number;
  /** All of its processes, with what they note for whoever drives them: every request with its content. */
  readonly browser: number;
}

/** Records the signal through the customer's page, as long as asked, and fetches what the agent gets. */
export async function recordSignal(minutes: number, file: string): Promise<Moment[]> {
  const product = await Product.start();
  const browser = await openBrowser(WITH_DEVICES, { audible: true });
  try {
    const conversation = await Conversation.signIn(product.url, await product.agent());
    const before = new Set((await conversation.recordings()).map(({ id }) => id));
    await openSignal(browser.context);
    const code = await conversation.askForRecording({ maxDurationMs: (minutes + 5) * MINUTE_MS });
    const customer = await CustomerPage.open(browser.context, `${product.url}/r/${code}`);
    await customer.startRecording();
    const moments = await watch(minutes, product, browser, customer);
    await customer.press('Stop');
    await customer.heading('Watch it, then send it', PATIENCE_MS);
    await customer.press(/^Send to /);
    await customer.heading(/has received your recording/, PATIENCE_MS);
    for (;;) {
      const made = (await conversation.recordings()).find(({ id }) => !before.has(id));
      if (made?.status === 'ready') {
        await conversation.download(made.id, file);
        return moments;
      }
      await wait(200);
    }
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** Lets the time pass, and looks at the memory now and then. */
async function watch(minutes: number, product: Product, browser: Browser, customer: CustomerPage): Promise<Moment[]> {
  const heaps = await Heaps.of(customer.page);
  const [began, moments] = [performance.now(), [] as Moment[]];
  const passed = () => (performance.now() - began) / MINUTE_MS;
  while (passed() < minutes) {
    await wait(Math.min(MINUTE_MS, (minutes - passed()) * MINUTE_MS + 1));
    moments.push({
      minute: passed(),
      page: await heaps.page(),
      worker: await heaps.worker(),
      server: await product.serverMegabytes(),
      browser: await browserMegabytes(browser.profile),
    });
  }
  return moments;
}
