/** How many may be at work, and wait, at once. */
export interface TurnLimits {
  readonly atOnce: number;
  /** Waiting from one place. */
  readonly perPlace: number;
  /** Waiting in all. */
  readonly inAll: number;
}

/** Lets a few at a time do something costly. Places take turns, so that a crowd at one of them holds up nobody elsewhere. */
export class FairTurns {
  private atWork = 0;
  private waiting = 0;
  /** By place; the first is the next to have a turn. */
  private readonly places = new Map<string, (() => void)[]>();

  constructor(private readonly limits: TurnLimits) {}

  /**
   * Does the work when its turn has come.
   * @param full called instead where too many wait already
   */
  async turn<T>(place: string, work: () => Promise<T>, full: () => never): Promise<T> {
    if (this.atWork < this.limits.atOnce) this.atWork++;
    else await this.wait(place, full);
    try {
      return await work();
    } finally {
      this.pass();
    }
  }

  private wait(place: string, full: () => never): Promise<void> {
    const here = this.places.get(place) ?? [];
    if (here.length >= this.limits.perPlace || this.waiting >= this.limits.inAll) full();
    this.places.set(place, here);
    this.waiting++;
    return new Promise((resolve) => here.push(resolve));
  }

  /** Hands the place at work to whoever has waited longest at the place whose turn it is. */
  private pass(): void {
    const [next] = this.places;
    if (!next) return void this.atWork--;
    const [place, here] = next;
    const begin = here.shift()!;
    this.waiting--;
    this.places.delete(place);
    if (here.length) this.places.set(place, here);
    begin();
  }
}
