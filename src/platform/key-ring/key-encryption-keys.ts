/** A data key as it may lie in the database. */
export interface WrappedKey {
  /** Which key-encryption key wrapped it. */
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/** No key-encryption key of that id is at hand: the wrong key file or vault, or one that was destroyed on purpose. */
export class KeyEncryptionKeyMissing extends Error {
  constructor(readonly kekId: string) {
    super(`The key-encryption key ${kekId} is not here: is this the right key file for this database?`);
    this.name = 'KeyEncryptionKeyMissing';
  }
}

/**
 * The keys that wrap the subjects' keys. They live apart from the database and its backups.
 * Default adapter: a key file. A cloud's key service fits the same port.
 */
export abstract class KeyEncryptionKeys {
  /** Encrypts a data key under the newest key-encryption key. The context is bound to it and must be given back. */
  abstract wrap(key: Buffer, context: string): Promise<WrappedKey>;
  /** @throws KeyEncryptionKeyMissing; SealBroken when the wrapped key or its context was altered */
  abstract unwrap(wrapped: WrappedKey, context: string): Promise<Buffer>;
  /** 32 bytes that never change, whatever is rotated: the root of all blind indexes. */
  abstract blindIndexSecret(): Promise<Buffer>;
}
