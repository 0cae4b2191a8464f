import type { BrowserContext, Page } from 'playwright-core';
import { CLOCK_TITLE } from '../../tests/support/browser.js';

/** From one flash to the next. */
export const FLASH_EVERY_MS = 1500;
/** High enough to tell it from the beeps of Chromium's own microphone. */
export const TONE_HZ = 5000;

/**
 * Runs in the page: turns white and sounds a tone in the same instant, again and again. In between something moves, so
 * that the recorder has work; not shortly before a flash, so that the flash is captured at once.
 */
function signal([every, hertz]: readonly number[]): void {
  const audio = new AudioContext();
  const sound = new GainNode(audio, { gain: 0 });
  const tone = new OscillatorNode(audio, { frequency: hertz! });
  tone.connect(sound).connect(audio.destination);
  tone.start();
  const flash = () => {
    document.body.style.background = '#fff';
    sound.gain.setValueAtTime(0.5, audio.currentTime);
    sound.gain.setValueAtTime(0, audio.currentTime + 0.1);
    setTimeout(() => (document.body.style.background = '#000'), 200);
  };
  let next = Math.ceil(performance.now() / every!) + 1;
  const plan = () => setTimeout(() => (flash(), next++, plan()), next * every! - performance.now());
  plan();
  const canvas = document.querySelector('canvas')!.getContext('2d')!;
  let moved = 0;
  setInterval(() => {
    const phase = performance.now() % every!;
    if (phase < 400 || phase > every! - 200) return;
    canvas.fillStyle = `hsl(${(moved++ * 7) % 360} 80% 50%)`;
    canvas.fillRect((moved * 9) % 300, 0, 60, 60);
  }, 60);
}

/** The tab to be recorded: what it shows and what it sounds belong together to the millisecond. */
export async function openSignal(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setContent(`<title>${CLOCK_TITLE}</title><body style="background:#000"><canvas width=300 height=60>`);
  await page.evaluate(signal, [FLASH_EVERY_MS, TONE_HZ] as const);
  return page;
}
