/** Short messages at the edge of the screen. Those with an undo hold their deed back until they go. */

export type Toast = {
  id: number;
  words: string;
  tone: 'good' | 'danger';
  undo?: () => void;
};
type Held = { words: string; deed: () => Promise<void>; undo: () => void; failed: (failure: unknown) => void };

const shortMs = 5000;
const undoMs = 7000;

class Toasts {
  shown: Toast[] = $state([]);
  #next = 1;
  #held = new Map<number, Held>();
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(words: string, tone: Toast['tone'] = 'good'): void {
    this.#show({ id: this.#next++, words, tone });
  }

  /** Does something only once the chance to undo it has passed. Leaving the page counts as passing. */
  hold(held: Held): void {
    const id = this.#next++;
    this.#held.set(id, held);
    const undo = () => {
      this.#held.delete(id);
      held.undo();
      this.dismiss(id);
    };
    this.#show({ id, words: held.words, tone: 'good', undo });
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
    this.#settle(id);
  }

  /** Time stands still while somebody reads or reaches for the button. */
  pause(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  resume(id: number): void {
    const toast = this.shown.find((shown) => shown.id === id);
    if (toast) this.#schedule(toast);
  }

  settleAll(): void {
    [...this.#held.keys()].forEach((id) => this.dismiss(id));
  }

  #show(toast: Toast): void {
    this.shown.push(toast);
    this.#schedule(toast);
  }

  #schedule({ id, undo }: Toast): void {
    this.pause(id);
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), undo ? undoMs : shortMs),
    );
  }

  #settle(id: number): void {
    const held = this.#held.get(id);
    this.#held.delete(id);
    held?.deed().catch(held.failed);
  }
}

export const toasts = new Toasts();
