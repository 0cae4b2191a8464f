import { Injectable } from '@nestjs/common';
import { Refusal, refuse } from '#kernel/refusal.js';

const HELD = 'ERASURE_HELD';

/** What stands before every erasure. Whoever may forbid erasing (a legal hold) provides it. */
export abstract class ErasureGate {
  /** Asked before anything of the subjects is hidden or removed. @throws Refusal {@link refuseHeld} when one must be kept */
  abstract assertOpen(...subjects: readonly string[]): Promise<void>;
}

/** Where nothing is ever held. */
@Injectable()
export class OpenGate extends ErasureGate {
  async assertOpen(): Promise<void> {}
}

export function refuseHeld(): never {
  refuse(HELD, 'This must be kept for now, and cannot be deleted until that ends.', 'conflict');
}

/** Whether this is the gate's answer, rather than a fault: then it is tried again when the time has come. */
export function isHeld(error: unknown): boolean {
  return error instanceof Refusal && error.code === HELD;
}
