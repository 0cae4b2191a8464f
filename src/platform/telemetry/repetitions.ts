import { outsideConversations } from './conversation.js';

const WINDOW_MS = 10_000;
/** Beyond so many different lines in one window nobody is repeating themselves. */
const MOST_KNOWN = 1_000;

/** Lets the first of equal lines through and counts those that follow: a storm of one line is one line and a count. */
export class Repetitions {
  private readonly known = new Map<string, number>();

  constructor(private readonly windowMs = WINDOW_MS) {}

  /**
   * @param tell called with the number of lines that were held back, at the end of each window that had any
   * @returns whether this is the first in its window
   */
  isFirst(line: string, tell: (count: number) => void): boolean {
    const count = this.known.get(line);
    if (count !== undefined) this.known.set(line, count + 1);
    if (count !== undefined) return false;
    if (this.known.size < MOST_KNOWN) this.open(line, tell);
    return true;
  }

  private open(line: string, tell: (count: number) => void): void {
    this.known.set(line, 0);
    const close = () => {
      const count = this.known.get(line)!;
      this.known.delete(line);
      if (count === 0) return;
      tell(count);
      this.open(line, tell);
    };
    outsideConversations(() => setTimeout(close, this.windowMs).unref());
  }
}
