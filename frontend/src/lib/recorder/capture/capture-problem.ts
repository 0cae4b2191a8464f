import type { System } from '../platform.js';
import type { CaptureProblem } from '../steps.js';

/** A refusal faster than any hand is a rule's, not a person's. */
const FASTER_THAN_A_PERSON_MS = 150;

/** What a refusal means, and so what the person is told. */
export function captureProblem(error: unknown, afterMs: number, system: System): CaptureProblem {
  const { name, message } = error as Error;
  switch (name) {
    case 'NotAllowedError':
      if (/system/i.test(message) && system === 'mac') return 'blocked_by_system';
      return afterMs < FASTER_THAN_A_PERSON_MS ? 'blocked_by_policy' : 'dismissed';
    case 'SecurityError':
      return 'blocked_by_policy';
    case 'AbortError':
      return 'dismissed';
    case 'NotReadableError':
      return system === 'mac' ? 'blocked_by_system' : 'source_busy';
    case 'NotFoundError':
      return 'nothing_to_share';
    case 'InvalidStateError':
      return 'not_now';
    default:
      return 'unknown';
  }
}
