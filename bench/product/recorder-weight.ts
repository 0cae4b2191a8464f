import { openBrowser, WITH_DEVICES } from '../../tests/support/browser.js';
import { alone, type Entries } from '../entry.js';
import { Conversation } from './customer.js';
import { Product } from './product.js';

/** JavaScript over the wire, compressed, from opening a link until the button that opens the browser's own picker. */
export async function recorderWeight(): Promise<Entries> {
  const product = await Product.start();
  const browser = await openBrowser(WITH_DEVICES);
  try {
    const conversation = await Conversation.signIn(product.url, await product.agent());
    const page = await browser.context.newPage();
    const wire = await browser.context.newCDPSession(page);
    await wire.send('Network.enable');
    const scripts = new Set<string>();
    let bytes = 0;
    wire.on('Network.responseReceived', ({ requestId, response }) => {
      if (/javascript/.test(response.mimeType)) scripts.add(requestId);
    });
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(`${product.url}/r/${await conversation.askForRecording()}`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Choose what to share' }).waitFor();
    await page.waitForLoadState('networkidle');
    return { recorder_js_kb: alone(bytes / 1000, 'kB', 45) };
  } finally {
    await browser.close();
    await product.stop();
  }
}
