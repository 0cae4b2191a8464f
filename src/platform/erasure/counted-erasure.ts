import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';

/** What was destroyed, as proof that it was. */
export interface Erased {
  readonly objects: number;
  readonly keyFingerprints: readonly string[];
}

/** What lies sealed under a subject's key. */
export interface Ciphertext {
  count(): Promise<number>;
  /** @returns how much this call removed */
  remove(): Promise<number>;
}

/**
 * Destroys the key first, so that from that moment nothing can be read whatever happens next, then the ciphertext.
 * Repeating it is harmless, also at the same time: what was found is written down before anything of it goes, so each
 * try tells all that there was, and not only what was left for it.
 */
@Injectable()
export class CountedErasure {
  constructor(
    private readonly keys: KeyRing,
    private readonly database: Database,
  ) {}

  async erase(subject: string, ciphertext: Ciphertext): Promise<Erased> {
    const { fingerprint } = await this.keys.erase(subject);
    const found = await this.mostFound(subject, await ciphertext.count());
    const removed = await ciphertext.remove();
    // More was removed than found when something arrived in between: it was sealed before the key went.
    return { objects: Math.max(found, removed), keyFingerprints: fingerprint ? [fingerprint] : [] };
  }

  /** Nothing is sealed any more under a destroyed key, so the most that anybody found is the least that was there. */
  private async mostFound(subject: string, found: number): Promise<number> {
    const { rows } = await sql<{ found: number }>`INSERT INTO recording.erasure_tally AS tally (subject, found)
      VALUES (${subject}, ${found}) ON CONFLICT (subject) DO UPDATE SET found = greatest(tally.found, excluded.found)
      RETURNING found`.execute(this.database.of());
    return rows[0]!.found;
  }
}
