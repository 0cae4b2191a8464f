import { intention } from '../../api/intention.js';
import { isGone } from '../../api/problem.js';
import type { ViewingView } from '../../api/types.js';
import { beginViewing, getViewing } from '../../api/viewings.js';

/** How a viewing stands: another one is there, it holds, or none is to be had. */
export type Standing = 'renewed' | 'holds' | 'refused';

/** The viewing that a player asks for bytes under. The server notes it before the first; one whose time is up is replaced. */
export class HeldViewing {
  current: ViewingView | null = $state.raw(null);
  /** Why none is to be had. */
  failure: unknown = $state.raw(null);
  #key = intention();
  #asking: Promise<Standing> | null = null;

  /** @param beforeRenewal called in the moment before another one is there */
  constructor(
    private readonly recordingId: string,
    private readonly beforeRenewal: () => void,
  ) {}

  /** Sees to it that there is one that holds. Screen and camera may both ask: that is one question. */
  ensure(): Promise<Standing> {
    this.#asking ??= this.#ensure().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ensure(): Promise<Standing> {
    try {
      if (this.current && (await holds(this.current))) {
        this.failure = null;
        return 'holds';
      }
      const begun = await beginViewing(this.recordingId, this.#key);
      this.#key = intention();
      this.beforeRenewal();
      this.failure = null;
      this.current = begun;
      return 'renewed';
    } catch (failure) {
      this.failure = failure;
      return 'refused';
    }
  }
}

async function holds(viewing: ViewingView): Promise<boolean> {
  try {
    await getViewing(viewing);
    return true;
  } catch (failure) {
    if (isGone(failure)) return false;
    throw failure;
  }
}
