import { ImpersonalFailure } from '#kernel/impersonal-failure.js';

/** A data key as it may lie in the database. */
export interface WrappedKey {
  /** Which key-encryption key wrapped it. */
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/** No key-encryption key of that id is at hand: the wrong key file or vault, or one that was destroyed on purpose. */
export class KeyEncryptionKeyMissing extends ImpersonalFailure {
  constructor(readonly kekId: string) {
    super(`The key-encryption key ${kekId} is not here: is this the right key file for this database?`);
    this.name = 'KeyEncryptionKeyMissing';
  }
}

/** What signs; older versions stay for as long as anything signed by them is valid. */
export interface SigningSecret {
  readonly version: number;
  readonly secret: Buffer;
}

/** Which keys there are and what each is for, by ids: what a rotation goes by. */
export interface KeyStages {
  /** Wraps whatever is wrapped now. */
  readonly current: string;
  /** Made, but not put to use yet: first every process has to know it. */
  readonly coming: string | null;
  /** Open what they wrapped, until all of it is wrapped anew. */
  readonly going: readonly string[];
  readonly currentSince: Date;
  /** The same wherever the same keys have the same stages. Says nothing about the keys. */
  readonly digest: string;
}

/**
 * The keys that wrap the subjects' keys, and the secrets of the ring itself. They live apart from the database and its
 * backups. Default adapter: a key file. A cloud's key service fits the same port.
 */
export abstract class KeyEncryptionKeys {
  /** Encrypts a data key under the current key-encryption key. The context is bound to it and must be given back. */
  abstract wrap(key: Buffer, context: string): Promise<WrappedKey>;
  /** @throws KeyEncryptionKeyMissing; SealBroken when the wrapped key or its context was altered */
  abstract unwrap(wrapped: WrappedKey, context: string): Promise<Buffer>;
  /** 32 bytes that never change, whatever is rotated: the root of all blind indexes, and of nothing else. */
  abstract blindIndexSecret(): Promise<Buffer>;
  /** The newest in use, or the one of that version; null when it is not there, or no longer. */
  abstract signingSecret(version?: number): Promise<SigningSecret | null>;

  /** Looks anew at what there is. */
  abstract stages(): Promise<KeyStages>;
  /** Makes a coming key, and a coming signing secret. */
  abstract introduce(at: Date): Promise<void>;
  /** Puts what is coming to use. */
  abstract promote(): Promise<void>;
  /** Destroys keys that are going, and signing secrets whose signatures have all run out. */
  abstract destroy(kekIds: readonly string[], at: Date): Promise<void>;
}
