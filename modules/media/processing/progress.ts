import type { WorkOptions } from './media-tools.js';

/** The same options for a step that covers the part `from` … `to` of the whole. */
export function stepOf(options: WorkOptions, from: number, to: number): WorkOptions {
  const { onProgress, signal } = options;
  return { signal, onProgress: onProgress && ((fraction) => onProgress(from + (to - from) * Math.min(1, fraction))) };
}
