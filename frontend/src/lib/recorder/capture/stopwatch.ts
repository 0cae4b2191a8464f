/** Measures recorded time: what passed while it ran, without the pauses. All times in milliseconds of one clock. */
export class Stopwatch {
  private before = 0;
  private since: number | null = null;

  start(at: number): void {
    this.since ??= at;
  }

  stop(at: number): void {
    this.before = this.elapsed(at);
    this.since = null;
  }

  elapsed(at: number): number {
    return this.before + (this.since === null ? 0 : at - this.since);
  }
}
