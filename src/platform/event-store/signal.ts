/** Tells waiting readers that there may be news. What is raised while nobody waits is kept for the next who does. */
export class Signal {
  private readonly listeners = new Set<() => void>();

  raise(): void {
    for (const listener of this.listeners) listener();
  }

  listen(): SignalListener {
    return new SignalListener(this.listeners);
  }
}

/** What one reader has been told. Listen first, then look, then wait: nothing that happens in between is missed. */
export class SignalListener {
  private raised = false;
  private wakeUp: (() => void) | undefined;
  private readonly note = () => {
    this.raised = true;
    this.wakeUp?.();
  };

  constructor(private readonly listeners: Set<() => void>) {
    listeners.add(this.note);
  }

  /** Resolves at the next signal, at once if there was one since the last wait, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs).unref();
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wakeUp = undefined;
    }
    this.raised = false;
  }

  /** Ends a wait from this reader's own side. */
  raise(): void {
    this.note();
  }

  stop(): void {
    this.listeners.delete(this.note);
  }
}
