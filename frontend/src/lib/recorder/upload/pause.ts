/** Waiting that can be cut short: by news (more bytes, the network is back) or for good. */

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * How long to wait after the given number of failures in a row (0 = the first). Doubles up to 8 s; the random half
 * keeps many browsers from coming back at the same instant.
 */
export function backOff(failures: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures) * (0.5 + random / 2);
}

export class Pause {
  private end: (() => void) | null = null;
  private news = false;

  /** Waits until `wake`, or for at most so many milliseconds. News that came before is not missed. */
  async wait(atMostMs?: number): Promise<void> {
    if (!this.news) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.end = resolve;
        if (atMostMs !== undefined) timer = setTimeout(resolve, atMostMs);
      });
      clearTimeout(timer);
    }
    this.end = null;
    this.news = false;
  }

  wake(): void {
    this.news = true;
    this.end?.();
  }
}
