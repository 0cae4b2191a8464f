import { decrypt, encrypt } from './aead.js';
import { KeyEncryptionKeyMissing, KeyEncryptionKeys, type WrappedKey } from './key-encryption-keys.js';
import { openKeyFile, readKeyFile, type KeyFile } from './key-file.js';

/**
 * Key-encryption keys in a JSON file of mode 0600, kept beside but never inside the data.
 * To rotate, append a key to `keys`: the last one wraps, all unwrap. The file is read again when a key is asked for
 * that was not in it, so running processes learn of a rotation from those that were restarted.
 */
export class KeyFileKeyEncryptionKeys extends KeyEncryptionKeys {
  private constructor(
    private readonly path: string,
    private file: KeyFile,
  ) {
    super();
  }

  /**
   * Makes the file if it is absent and nothing depends on one.
   * @throws StartProblem when it is missed, others may read it, it cannot be read or is damaged
   */
  static async open(path: string, mayMake = async () => true): Promise<KeyFileKeyEncryptionKeys> {
    return new KeyFileKeyEncryptionKeys(path, await openKeyFile(path, mayMake));
  }

  override async wrap(key: Buffer, context: string): Promise<WrappedKey> {
    const newest = this.file.keys.at(-1)!;
    return { kekId: newest.id, wrapped: encrypt(newest.key, key, context) };
  }

  override async unwrap({ kekId, wrapped }: WrappedKey, context: string): Promise<Buffer> {
    const key = this.find(kekId) ?? (await this.findAfterReading(kekId));
    if (!key) throw new KeyEncryptionKeyMissing(kekId);
    return decrypt(key, wrapped, context);
  }

  override async blindIndexSecret(): Promise<Buffer> {
    return this.file.blindIndexSecret;
  }

  private find(kekId: string): Buffer | undefined {
    return this.file.keys.find(({ id }) => id === kekId)?.key;
  }

  private async findAfterReading(kekId: string): Promise<Buffer | undefined> {
    const { keys } = await readKeyFile(this.path);
    this.file = { ...this.file, keys };
    return this.find(kekId);
  }
}
