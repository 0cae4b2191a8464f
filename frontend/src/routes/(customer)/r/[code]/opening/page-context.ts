import { createContext } from 'svelte';
import type { Words } from '#lib/i18n/recorder/words.svelte.js';
import type { Recorder } from '#lib/recorder/recorder.svelte.js';

/** What every step of the page shares. */
export interface PageContext {
  readonly recorder: Recorder;
  readonly words: Words;
  /** Says something to those who listen instead of look. */
  announce(text: string): void;
}

export const [usePage, providePage] = createContext<PageContext>();
