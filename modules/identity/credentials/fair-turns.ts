/** How many may be at work, and wait, at once. */
export interface TurnLimits {
  readonly atOnce: number;
  /** Waiting from one place. */
  readonly perPlace: number;
  /** Waiting in all. */
  readonly inAll: number;
  /** How long one waits before it is told to come back; its place goes on waiting. */
  readonly patienceMs: number;
  /** How long a turn takes, before any has shown it. */
  readonly usuallyMs: number;
  /** Whether one caller may come from any number of places: then most that were sent away never come back. */
  readonly manyPlaces?: boolean;
}

/** @param retryAfterSeconds when the place's turn is expected, by the pace of the turns before it */
export type TurnAway = (retryAfterSeconds: number) => Error;

interface Waiting {
  readonly begin: () => void;
  readonly turnAway: () => void;
}

interface Place {
  readonly waiting: Waiting[];
  /** Until when a place at which nobody waits keeps its turn; by the monotonic clock. */
  keptUntil: number;
}

const MOST_KEPT = 5000;
/** Whoever comes later than they were told to has this long in addition. */
const KEPT_AT_LEAST_MS = 60_000;
/** Told too short a time, somebody comes back for nothing; nobody would believe a longer one. */
const LONGEST_WAIT_SECONDS = 900;
/** Of the turns so far, how much the last one says about the next. */
const NEWS = 0.2;

/**
 * Lets a few at a time do something costly. Places take turns, so that a crowd at one of them holds up nobody elsewhere.
 * Whoever is told to come back keeps their place's turn: however many others come, each of them has at most one before.
 */
export class FairTurns {
  private atWork = 0;
  private waiting = 0;
  private averageMs: number;
  /** The first is the next to have a turn. */
  private readonly places = new Map<string, Place>();

  constructor(private readonly limits: TurnLimits) {
    this.averageMs = limits.usuallyMs;
  }

  /** Does the work when its turn has come. @throws what `turnedAway` makes, where it does not come soon enough */
  async turn<T>(place: string, work: () => Promise<T>, turnedAway: TurnAway): Promise<T> {
    if (this.atWork < this.limits.atOnce) {
      this.atWork++;
      this.places.delete(place);
    } else await this.wait(place, turnedAway);
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.averageMs += NEWS * (performance.now() - begun - this.averageMs);
      this.pass();
    }
  }

  /** Whether nobody is at work, waits, or has a turn left. */
  get isIdle(): boolean {
    return this.atWork === 0 && ![...this.places.values()].some(isHeld);
  }

  private wait(place: string, turnedAway: TurnAway): Promise<void> {
    const here = this.placeOf(place);
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        this.waiting--;
        resolve();
      };
      const turnAway = () => {
        clearTimeout(timer);
        this.waiting--;
        here.waiting.splice(here.waiting.indexOf(one), 1);
        reject(turnedAway(this.keep(place, here)));
      };
      const one: Waiting = { begin, turnAway };
      const timer = setTimeout(turnAway, this.limits.patienceMs).unref();
      here.waiting.push(one);
      this.waiting++;
      if (here.waiting.length > this.limits.perPlace) turnAway();
      else if (this.waiting > this.limits.inAll) this.turnLastAway();
    });
  }

  private placeOf(name: string): Place {
    const known = this.places.get(name);
    if (known) return known;
    const made: Place = { waiting: [], keptUntil: 0 };
    this.places.set(name, made);
    return made;
  }

  /** Of whoever waits, the last at the place whose turn comes last. */
  private turnLastAway(): void {
    const last = [...this.places.values()].findLast(({ waiting }) => waiting.length > 0);
    last!.waiting.at(-1)!.turnAway();
  }

  /** Keeps the place's turn for when its caller comes back. @returns in how many seconds that should be */
  private keep(name: string, place: Place): number {
    const names = [...this.places.keys()];
    const earlier = [...this.places.values()].slice(0, names.indexOf(name));
    const before = earlier.filter(({ waiting }) => waiting.length > 0 || !this.limits.manyPlaces).length;
    const seconds = Math.ceil(((before + 1) * this.averageMs) / this.limits.atOnce / 1000);
    const retryAfter = Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS);
    place.keptUntil = performance.now() + 2 * retryAfter * 1000 + KEPT_AT_LEAST_MS;
    if (names.length > MOST_KEPT && !place.waiting.length) this.places.delete(name);
    return retryAfter;
  }

  /** Hands the place at work to whoever has waited longest at the place whose turn it is. */
  private pass(): void {
    for (const [name, place] of this.places) {
      const next = place.waiting.shift();
      if (!next && isHeld(place)) continue;
      this.places.delete(name);
      if (!next) continue;
      if (place.waiting.length) this.places.set(name, place);
      return next.begin();
    }
    this.atWork--;
  }
}

function isHeld({ waiting, keptUntil }: Place): boolean {
  return waiting.length > 0 || keptUntil > performance.now();
}
