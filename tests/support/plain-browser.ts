import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser as CdpBrowser } from 'playwright-core';
import { BASE, type Browser } from './browser.js';
import { eventually } from './eventually.js';

/**
 * A browser in which only the front tab is visible, as a person's. Playwright tells the pages of the browsers that it
 * starts that they are visible and have the focus, always; it leaves alone one that it only visits.
 */
export async function openPlainBrowser(args: readonly string[]): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'screendesk-browser-'));
  const own = ['--headless', '--remote-debugging-port=0', '--window-size=1280,900', `--user-data-dir=${profile}`];
  const child = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [...own, ...BASE, ...args], { stdio: 'ignore' });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill();
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const written = join(profile, 'DevToolsActivePort');
    const port = await eventually(async () => portIn(await readFile(written, 'utf8')), 60_000);
    const visit = await attach(`http://127.0.0.1:${port}`);
    return { context: visit.contexts()[0]!, profile, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Attaches to a running browser. Now and then its socket opens and no word follows: then anew, since the next one
 * answers within a second.
 */
export async function attach(address: string, eachMs = 10_000, tries = 4): Promise<CdpBrowser> {
  for (let again = 1; ; again++) {
    try {
      return await chromium.connectOverCDP(address, { noDefaults: true, timeout: eachMs });
    } catch (error) {
      if (again === tries) throw error;
    }
  }
}

function portIn(file: string): number {
  const port = Number.parseInt(file, 10);
  if (!port) throw new Error('The browser has not written its port yet.');
  return port;
}
