import { ImpersonalFailure } from '#kernel/impersonal-failure.js';

/** Why the keys were not rotated, in a sentence for the operator. What was begun goes on with the next rotation. */
export class KeysNotRotated extends ImpersonalFailure {}

/** What a rotation has done. */
export interface Rotation {
  /** Subjects' keys that were wrapped anew. */
  readonly rewrapped: number;
  /** Key-encryption keys that no longer exist. */
  readonly destroyed: number;
}

/** The subject's key was destroyed: what it sealed is gone for good. */
export class SubjectErased extends ImpersonalFailure {
  constructor(readonly subject: string) {
    super(`The key of subject ${subject} has been erased`);
    this.name = 'SubjectErased';
  }
}

/** What was sealed does not open: altered, cut, or sealed for something or someone else. */
export class SealBroken extends ImpersonalFailure {
  constructor(options?: ErrorOptions, what = 'this') {
    super(`The seal is broken: ${what} was altered, or sealed for something else`, options);
    this.name = 'SealBroken';
  }
}

/**
 * Data keys, one per subject (a request, a recording, a person), wrapped by a key-encryption key and kept in
 * PostgreSQL. A subject is a lower-case UUID. Destroying a subject's key is what erasure means. Unwrapped keys are
 * cached for at most five minutes. Making a key is a write of its own: do not seal inside a database transaction.
 */
export abstract class KeyRing {
  /** Seals with the subject's key, making the key first if there is none. @throws SubjectErased */
  abstract seal(subject: string, plaintext: Buffer, additionalData: string): Promise<Buffer>;
  /** Opens what {@link seal} made. Never makes a key. @throws SubjectErased; SealBroken */
  abstract open(subject: string, blob: Buffer, additionalData: string): Promise<Buffer>;
  /**
   * Has the keys of many subjects at hand that are about to be {@link open opened} one by one, by one statement instead
   * of one each. Changes nothing of what `open` answers; never rejects.
   */
  abstract preload(subjects: readonly string[]): Promise<void>;
  /** The subject's raw 32-byte key for streaming ciphers; makes it if absent. Do not keep it. @throws SubjectErased */
  abstract keyOf(subject: string): Promise<Buffer>;
  /** As {@link keyOf}, for reading: null when the subject never had a key. @throws SubjectErased */
  abstract existingKeyOf(subject: string): Promise<Buffer | null>;
  /** HMAC-SHA-256 under a key derived from the subject's: the same label always gives the same bytes. @throws SubjectErased */
  abstract derive(subject: string, label: string): Promise<Buffer>;
  /** Signs a text under the newest secret for that purpose: `version.mac`, and of the first only `mac`, for {@link isSignature} to check. */
  abstract sign(purpose: string, text: string): Promise<string>;
  /** Whether the text was signed for that purpose, by a version that is still good. Takes as long for wrong ones. */
  abstract isSignature(purpose: string, text: string, signature: string): Promise<boolean>;
  /** Blind index: HMAC-SHA-256 of a value under the ring's own key for that purpose, for looking up what is stored sealed. */
  abstract blindIndex(purpose: string, value: string): Promise<Buffer>;
  /**
   * Destroys the subject's key for ever, in every process. Idempotent. A subject without a key will never get one.
   * Returns the destroyed key's fingerprint (null if it never had one).
   */
  abstract erase(subject: string): Promise<{ fingerprint: string | null }>;
  abstract isErased(subject: string): Promise<boolean>;
  /**
   * Replaces the key-encryption key, wraps all keys anew and destroys the old one.
   * @param olderThanMs only if the current one has been made that long ago; what was begun is finished anyway
   * @returns null when another process is at it
   * @throws KeysNotRotated
   */
  abstract rotate(olderThanMs?: number): Promise<Rotation | null>;
}
