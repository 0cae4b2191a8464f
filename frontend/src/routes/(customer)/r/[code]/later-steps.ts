import type { Component } from 'svelte';
import type { StepName } from '#lib/recorder/steps.js';

export type LaterPart = () => Promise<{ default: Component }>;

const live: LaterPart = () => import('./live/Live.svelte');
const review: LaterPart = () => import('./review/Review.svelte');
const ended: LaterPart = () => import('./ended/Ended.svelte');
const noRoom: LaterPart = () => import('./waiting/NoRoom.svelte');

/** Steps that are loaded when they are due: everything after the permission prompt, and the pages that few people meet. */
const LATER: Partial<Record<StepName, LaterPart>> = {
  picking: live,
  countdown: live,
  recording: live,
  finishing: live,
  review,
  sending: review,
  deleting: review,
  done: ended,
  discarded: ended,
  declined: ended,
  closed: ended,
  unsupported: () => import('./hand-over/Unsupported.svelte'),
  recovery: () => import('./review/Recovery.svelte'),
};

/**
 * The part of the page that shows a step; undefined for those that are there from the beginning.
 * @param hasRoom whether a recording can begin now
 */
export function laterStep(step: StepName, hasRoom: boolean): LaterPart | undefined {
  const begins = step === 'welcome' || step === 'unsupported';
  return begins && !hasRoom ? noRoom : LATER[step];
}

/**
 * Fetches what comes after the recording while it runs: the connection may be gone by the time it is needed, and a
 * customer who is offline must still be able to watch, trim and wait.
 */
export function fetchAhead(): void {
  void Promise.all([review(), ended()]).catch(() => undefined);
}
