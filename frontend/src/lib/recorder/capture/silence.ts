/** Below this a microphone gives nothing but its own noise (full scale is 1). */
const AUDIBLE = 0.012;
/** Nobody speaks all the time, so it takes a while before silence means something. */
const PATIENCE_MS = 8_000;
/** Who was heard once and only thinks is not warned as soon. */
const LONGER_PATIENCE_MS = 30_000;
/** A microphone that is muted or switched off gives exactly nothing. */
const DEAD = 0.000_1;

/** Notices a microphone that gives nothing, while there is still time to do something about it. */
export class SilenceWatch {
  private heardAt: number | null = null;
  private heardEver = false;
  silent = false;

  /** Takes the loudest sample of the last moment, between 0 and 1. */
  hear(peak: number, at: number): void {
    this.heardAt ??= at;
    const enough = this.heardEver ? DEAD : AUDIBLE;
    if (peak > enough) {
      this.heardAt = at;
      this.heardEver ||= peak > AUDIBLE;
      this.silent = false;
    } else if (at - this.heardAt > (this.heardEver ? LONGER_PATIENCE_MS : PATIENCE_MS)) {
      this.silent = true;
    }
  }

  /** Another microphone, or the same after a pause: patience begins anew. */
  restart(): void {
    this.heardAt = null;
    this.heardEver = false;
    this.silent = false;
  }
}
