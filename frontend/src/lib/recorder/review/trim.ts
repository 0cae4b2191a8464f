/** What is to be kept of a recording, in milliseconds. `endMs` null: up to the end, wherever that is. */
export interface Cut {
  readonly startMs: number;
  readonly endMs: number | null;
}

/** Less than this is not worth sending; the two thumbs stop before they get closer. */
export const SHORTEST_MS = 500;

/** How far one step moves a slider. Its last place may so lie up to a step before the end of the recording. */
export const STEP_MS = 100;

export function cutStart(cut: Cut, ms: number, durationMs: number): Cut {
  const latest = Math.max(0, (cut.endMs ?? durationMs) - SHORTEST_MS);
  return { ...cut, startMs: clamp(ms, 0, latest) };
}

export function cutEnd(cut: Cut, ms: number, durationMs: number): Cut {
  const end = clamp(ms, Math.min(durationMs, cut.startMs + SHORTEST_MS), durationMs);
  return { ...cut, endMs: end > durationMs - STEP_MS ? null : end };
}

/** What Send says: null when nothing is cut off. */
export function trimOf({ startMs, endMs }: Cut, durationMs: number): { startMs: number; endMs: number } | null {
  if (startMs === 0 && endMs === null) return null;
  return { startMs: Math.round(startMs), endMs: Math.round(endMs ?? durationMs) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
