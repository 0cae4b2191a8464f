import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/** What a headless Chromium needs in a container without a graphics card and without the internet. */
export const BASE = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** The title of the page that the browser's own picker chooses by itself. */
export const CLOCK_TITLE = 'The page with the problem';

/** A microphone and a camera that are not there, and a picker that chooses the clock's tab. */
export const WITH_DEVICES = [
  '--use-fake-device-for-media-stream',
  '--auto-accept-camera-and-microphone-capture',
  `--auto-select-tab-capture-source-by-title=${CLOCK_TITLE}`,
];

/** A picker in which the customer presses Cancel. */
export const DENYING = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'];

export interface Browser {
  readonly context: BrowserContext;
  /** Where the profile lies, to start another browser on it after this one died. */
  readonly profile: string;
  close(): Promise<void>;
}

/** Debian's Chromium with a profile of its own, as one person's browser. */
export async function openBrowser(
  args: readonly string[],
  options: { profile?: string; locale?: string; audible?: boolean } = {},
): Promise<Browser> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'screendesk-browser-')));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...BASE, ...args],
    // Muted tabs are recorded as silence, too.
    ...(options.audible && { ignoreDefaultArgs: ['--mute-audio'] }),
    locale: options.locale ?? 'en-GB',
    viewport: { width: 1280, height: 800 },
  });
  const close = async () => {
    await context.close().catch(() => undefined);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, profile, close };
}

/** A tab whose picture changes all the time, as a screen with something to show on it. */
export async function openClock(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setContent(`<title>${CLOCK_TITLE}</title><body style="font:80px monospace;margin:40px"><div id=t></div>
    <canvas id=c width=600 height=200></canvas><script>
    const c = document.getElementById('c').getContext('2d'); let n = 0;
    setInterval(() => { document.getElementById('t').textContent = (performance.now() / 1000).toFixed(2);
      c.fillStyle = 'hsl(' + (n++ * 7) % 360 + ' 80% 50%)'; c.fillRect((n * 9) % 600, 0, 60, 200); }, 60);</script>`);
  return page;
}

/** A tab in which nothing ever moves, as most of what customers show. */
export async function openStill(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setContent(`<title>${CLOCK_TITLE}</title><h1>Still</h1>`);
  return page;
}
