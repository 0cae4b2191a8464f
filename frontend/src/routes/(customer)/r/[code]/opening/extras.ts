import type { Component } from 'svelte';
import type { LinkView } from '#lib/recorder/link/link-view.js';

/** Few requests allow more than screen and voice; what they need besides is loaded while the customer reads the welcome. */
export const wantsExtras = ({ camera, systemAudio }: LinkView['options']): boolean => camera || systemAudio;

/** @returns null when it cannot be had */
export const loadExtras = (): Promise<Component | null> =>
  import('../setup-extras/CaptureExtras.svelte').then(
    ({ default: CaptureExtras }) => CaptureExtras,
    () => null,
  );
