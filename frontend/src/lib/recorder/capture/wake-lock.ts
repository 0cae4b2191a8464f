/** Keeps the screen from going dark while it is recorded. Browsers drop the lock with a hidden tab, so it is taken again. */
export class WakeLock {
  private sentinel: WakeLockSentinel | null = null;
  private wanted = false;
  private readonly takeAgain = () => document.visibilityState === 'visible' && this.take();

  hold(): void {
    this.wanted = true;
    document.addEventListener('visibilitychange', this.takeAgain);
    void this.take();
  }

  release(): void {
    this.wanted = false;
    document.removeEventListener('visibilitychange', this.takeAgain);
    void this.sentinel?.release();
    this.sentinel = null;
  }

  private async take(): Promise<void> {
    if (!this.wanted || !('wakeLock' in navigator)) return;
    // A low battery may refuse; the recording goes on all the same.
    this.sentinel = await navigator.wakeLock.request('screen').catch(() => null);
    if (!this.wanted) this.release();
  }
}
