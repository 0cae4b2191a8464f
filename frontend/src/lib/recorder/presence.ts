/** Well below the silence after which the server takes a recording for abandoned. */
const INTERVAL_MS = 2 * 60_000;
/** A page that nobody has touched for so long was left after all. */
const LEFT_AFTER_MS = 2 * 60 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'visibilitychange'] as const;

/**
 * Says now and then that the customer is still here, while they pause or look at what they recorded: the server cannot
 * know from silence alone. Ends by itself when nobody touches the page for hours.
 */
export class Presence {
  private timer: ReturnType<typeof setInterval> | undefined;
  private touchedAt = 0;
  private readonly touch = () => {
    this.touchedAt = Date.now();
  };

  /** @param tell must not throw; the next time may be better */
  constructor(private readonly tell: () => void) {}

  start(): void {
    this.stop();
    this.touch();
    for (const sign of SIGNS) document.addEventListener(sign, this.touch, { passive: true });
    this.timer = setInterval(() => {
      if (Date.now() - this.touchedAt < LEFT_AFTER_MS) this.tell();
    }, INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    for (const sign of SIGNS) document.removeEventListener(sign, this.touch);
  }
}
