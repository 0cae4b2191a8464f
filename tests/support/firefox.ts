import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import puppeteer, { type Browser } from 'puppeteer-core';

/** A microphone that is not there, and nobody asked for anything: the first screen there is gets shared. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
};

/** Firefox as Debian has it, on a screen of its own: without one it has nothing to share. */
export interface Firefox {
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function openFirefox(): Promise<Firefox> {
  const { screen, display } = await openScreen();
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      headless: false,
      extraPrefsFirefox: PREFERENCES,
      defaultViewport: null,
      env: { ...process.env, DISPLAY: display },
    });
    return { browser, close: () => browser.close().finally(() => end(screen)) };
  } catch (error) {
    await end(screen);
    throw error;
  }
}

/** Xvfb chooses a number nobody has, and says which on its third file descriptor. */
async function openScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await Promise.race([
    once(screen.stdio[3]!, 'data'),
    once(screen, 'error').then(([error]) => Promise.reject(error)),
    once(screen, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with ${code}`))),
  ]);
  return { screen, display: `:${String(number).trim()}` };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
