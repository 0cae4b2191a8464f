import { Injectable } from '@nestjs/common';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { sumOf, type Removed, type RemovedByStore } from './eraser.js';
import { Erasers, type Emptied } from './erasers.js';
import { ErasureGate } from './erasure-gate.js';

/** What was destroyed, as proof that it was: all in all, and store by store. */
export interface Erased extends Removed {
  readonly keyFingerprints: readonly string[];
  readonly removed: RemovedByStore;
}

/**
 * Destroys the key first, so that from that moment nothing can be read whatever happens next, then what every store
 * keeps. Nothing is touched while the gate is closed. Repeating it is harmless, also at the same time.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly gate: ErasureGate,
    private readonly keys: KeyRing,
    private readonly erasers: Erasers,
  ) {}

  /** Several subjects go together, or none does. @throws Refusal when one of them must be kept */
  async erase(...subjects: readonly string[]): Promise<Erased> {
    await this.gate.assertOpen(...subjects);
    const [stores, keyFingerprints]: [Emptied[], string[]] = [[], []];
    for (const subject of subjects) {
      const { fingerprint } = await this.keys.erase(subject);
      if (fingerprint) keyFingerprints.push(fingerprint);
      stores.push(...(await this.erasers.empty(subject)));
    }
    return { ...sumOf(stores), keyFingerprints, removed: byStore(stores) };
  }
}

/** Several subjects may lie in the same store. */
function byStore(emptied: readonly Emptied[]): RemovedByStore {
  const stores = [...new Set(emptied.map(({ store }) => store))];
  return Object.fromEntries(stores.map((name) => [name, sumOf(emptied.filter(({ store }) => store === name))]));
}
