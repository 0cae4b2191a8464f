import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { alone, type Entries } from '../entry.js';
import { Conversation } from './customer.js';
import { Product } from './product.js';

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

/** Lighthouse's scores of the customer's page on its simulated mid-range phone, out of 100. */
export async function lighthouseScores(): Promise<Entries> {
  const product = await Product.start();
  const userDataDir = await mkdtemp(join(tmpdir(), 'screendesk-lighthouse-'));
  const chrome = await launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: FLAGS,
    userDataDir,
  });
  try {
    const conversation = await Conversation.signIn(product.url, await product.agent());
    const link = `${product.url}/r/${await conversation.askForRecording()}`;
    const onlyCategories = ['performance', 'accessibility'];
    const result = await lighthouse(link, { port: chrome.port, logLevel: 'silent', onlyCategories });
    const score = (name: string) => Math.round((result!.lhr.categories[name]!.score ?? 0) * 100);
    return {
      lighthouse_mobile_performance: alone(score('performance'), 'of 100', 95),
      lighthouse_accessibility: alone(score('accessibility'), 'of 100', 100),
    };
  } finally {
    chrome.kill();
    await product.stop();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
