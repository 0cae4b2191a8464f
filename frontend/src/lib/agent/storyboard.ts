import type { StoryboardView } from '../api/types.js';

/** Which tile of the storyboard shows a moment. */
export function tileAt(storyboard: StoryboardView, seconds: number): { column: number; row: number } {
  const wanted = Math.floor((seconds * 1000) / storyboard.intervalMs);
  const tile = Math.min(Math.max(0, wanted), storyboard.count - 1);
  return { column: tile % storyboard.columns, row: Math.floor(tile / storyboard.columns) };
}

/** The CSS that shows one tile of the sheet and nothing else: percentages, so that it fits any box. */
export function tilePlacement(storyboard: StoryboardView, seconds: number) {
  const { column, row } = tileAt(storyboard, seconds);
  const share = (index: number, count: number) => (count > 1 ? (index / (count - 1)) * 100 : 0);
  return {
    size: `${storyboard.columns * 100}% ${storyboard.rows * 100}%`,
    position: `${share(column, storyboard.columns)}% ${share(row, storyboard.rows)}%`,
  };
}
