/** The subject's key was destroyed: what it sealed is gone for good. */
export class SubjectErased extends Error {
  constructor(readonly subject: string) {
    super(`The key of subject ${subject} has been erased`);
    this.name = 'SubjectErased';
  }
}

/**
 * Data keys, one per subject (a request, a recording, a person), wrapped by a key-encryption key and kept in
 * PostgreSQL. Destroying a subject's key is what erasure means. Unwrapped keys are cached for at most five minutes.
 */
export abstract class KeyRing {
  /** Seals with the subject's key, making the key first if there is none. @throws SubjectErased */
  abstract seal(subject: string, plaintext: Buffer, additionalData: string): Promise<Buffer>;
  /** Opens what {@link seal} made. @throws SubjectErased; Error when it was tampered with */
  abstract open(subject: string, blob: Buffer, additionalData: string): Promise<Buffer>;
  /** The subject's raw 32-byte key for streaming ciphers; makes it if absent. Do not keep it. @throws SubjectErased */
  abstract keyOf(subject: string): Promise<Buffer>;
  /** HMAC-SHA-256 under a key derived from the subject's: the same label always gives the same bytes. @throws SubjectErased */
  abstract derive(subject: string, label: string): Promise<Buffer>;
  /** Blind index: HMAC-SHA-256 of a value under the ring's own key for that purpose, for looking up what is stored sealed. */
  abstract blindIndex(purpose: string, value: string): Promise<Buffer>;
  /** Destroys the subject's key for ever. Idempotent. Returns the destroyed key's fingerprint (null if it never had one). */
  abstract erase(subject: string): Promise<{ fingerprint: string | null }>;
  abstract isErased(subject: string): Promise<boolean>;
}
