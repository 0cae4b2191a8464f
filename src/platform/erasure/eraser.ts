import type { Removed } from '#kernel/removed.js';

export type { Removed, RemovedByStore } from '#kernel/removed.js';

export const NOTHING: Removed = { rows: 0, objects: 0, versions: 0, sealedParts: 0 };

/** One store that keeps something of subjects. Contexts add theirs beside the platform's. */
export abstract class Eraser {
  /** What it is called where an erasure is told. Unique, and never renamed: tallies are kept by it. */
  abstract readonly store: string;
  /** How much it holds of a subject now. */
  abstract found(subject: string): Promise<Removed>;
  /** Removes all of it. May be repeated, also at the same time. @returns what this call removed */
  abstract erase(subject: string): Promise<Removed>;
}

export function sumOf(parts: readonly Removed[]): Removed {
  return parts.reduce((sum, part) => combine(sum, part, (a, b) => a + b), NOTHING);
}

/** The larger of each. */
export function mostOf(one: Removed, other: Removed): Removed {
  return combine(one, other, Math.max);
}

function combine(one: Removed, other: Removed, by: (a: number, b: number) => number): Removed {
  return {
    rows: by(one.rows, other.rows),
    objects: by(one.objects, other.objects),
    versions: by(one.versions, other.versions),
    sealedParts: by(one.sealedParts, other.sealedParts),
  };
}
