import type { Lack } from '../steps.js';

/**
 * What this browser lacks for recording a screen, found without asking for any permission; null when it has all.
 * Storage is no such lack: what cannot be kept on disk is kept in memory, and people are told.
 */
export function findLack(scope: typeof globalThis): Lack | null {
  if (!scope.isSecureContext) return 'insecure-context';
  if (!scope.navigator.mediaDevices?.getDisplayMedia) return 'no-display-capture';
  if (!scope.MediaRecorder || !scope.AudioContext || !scope.Worker) return 'no-recorder';
  return null;
}
