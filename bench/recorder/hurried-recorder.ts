import type { BrowserContext, Page } from 'playwright-core';

/** As much as a second of a screen takes. */
export const CHUNK_BYTES = 40_000;
const CHUNK_MS = 4;

/**
 * Runs in the page, in place of the browser's recorder: brings a second's worth every few milliseconds, up to as many
 * chunks as it is allowed. Like the browser's own, it brings nothing before whoever started it had their turn.
 */
function hurriedRecorder([bytes, ms]: readonly number[]): void {
  const hurry = { allowed: 0, brought: 0 };
  class HurriedRecorder {
    static isTypeSupported = (type: string) => type.startsWith('video/webm');
    state = 'inactive';
    readonly mimeType: string;
    ondataavailable?: (event: { data: Blob }) => void;
    onstop?: () => void;
    private readonly content = crypto.getRandomValues(new Uint8Array(bytes!));
    constructor(_: MediaStream, options: { mimeType: string }) {
      this.mimeType = options.mimeType;
    }
    start() {
      this.state = 'recording';
      const timer = setInterval(() => {
        if (this.state !== 'recording') clearInterval(timer);
        else if (hurry.brought < hurry.allowed) this.bring();
      }, ms);
    }
    stop() {
      this.state = 'inactive';
      queueMicrotask(() => this.onstop?.());
    }
    private bring() {
      new DataView(this.content.buffer).setUint32(0, hurry.brought++);
      this.ondataavailable?.({ data: new Blob([this.content]) });
    }
  }
  Object.assign(globalThis, { MediaRecorder: HurriedRecorder, hurry });
}

/** Every page of this browser gets the hurried recorder. */
export async function hurry(context: BrowserContext): Promise<void> {
  await context.addInitScript(hurriedRecorder, [CHUNK_BYTES, CHUNK_MS] as const);
}

/** Lets the page's recorder go on up to so many chunks in all. */
export async function allow(page: Page, chunks: number): Promise<void> {
  await page.evaluate((allowed) => {
    Object.assign((globalThis as unknown as { hurry: object }).hurry, { allowed });
  }, chunks);
}
