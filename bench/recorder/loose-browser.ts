import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type LaunchedChrome } from 'chrome-launcher';
import { chromium, type BrowserContext } from 'playwright-core';
import { BASE, WITH_DEVICES } from '../../tests/support/browser.js';

/**
 * A browser that is held only as long as needed. Who holds one makes it note every request with its content, which in a
 * long recording is all of the recording: the browser would be measured with its own minutes.
 */
export class LooseBrowser {
  private constructor(
    private readonly chrome: LaunchedChrome,
    readonly profile: string,
  ) {}

  static async launch(): Promise<LooseBrowser> {
    const profile = await mkdtemp(join(tmpdir(), 'screendesk-loose-'));
    const chrome = await launch({
      chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      chromeFlags: ['--headless=new', ...BASE, ...WITH_DEVICES],
      userDataDir: profile,
    });
    return new LooseBrowser(chrome, profile);
  }

  /** Does something with the browser, and lets go of it again. */
  async hold<Result>(work: (context: BrowserContext) => Promise<Result>): Promise<Result> {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${this.chrome.port}`);
    try {
      return await work(browser.contexts()[0]!);
    } finally {
      await browser.close(); // Only the connection.
    }
  }

  async close(): Promise<void> {
    this.chrome.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
