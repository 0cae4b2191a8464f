/** A figure beside its reference from the same run. For ratios the ratio is the point; others have a bar of their own. */
export interface Entry {
  readonly value: number;
  readonly unit: string;
  /** What the value is held against; null where there is nothing to compare with. */
  readonly reference: number | null;
  readonly ratio: number | null;
}

export type Entries = Record<string, Entry>;

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** @param q 0 to 1 */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

/** A figure that is held against a bar rather than a peer. */
export function alone(value: number, unit: string, bar: number | null = null): Entry {
  return { value, unit, reference: bar, ratio: bar === null ? null : value / bar };
}
