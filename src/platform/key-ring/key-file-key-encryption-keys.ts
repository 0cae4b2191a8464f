import { createHash } from 'node:crypto';
import { decrypt, encrypt } from './aead.js';
import {
  KeyEncryptionKeyMissing,
  KeyEncryptionKeys,
  type KeyStages,
  type SigningSecret,
  type WrappedKey,
} from './key-encryption-keys.js';
import { openKeyFile, readKeyFile } from './key-file.js';
import { freshKey, freshSigningSecret, type FileKey, type KeyFile } from './key-file-format.js';
import { replaceKeyFile } from './write-key-file.js';

/** Twice as long as what is signed is valid for. */
const SIGNATURES_LIVE_MS = 2 * 24 * 60 * 60 * 1000;
/** Whoever sends signatures of made-up versions makes nobody read the file more often. */
const LOOK_EVERY_MS = 1000;

/**
 * Key-encryption keys in a JSON file of mode 0600, kept beside but never inside the data. The file is read again when
 * something is asked for that was not in it, and when a rotation is announced.
 */
export class KeyFileKeyEncryptionKeys extends KeyEncryptionKeys {
  private lookedAt = -Infinity;

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
    const current = this.file.keys.at(-1)!;
    return { kekId: current.id, wrapped: encrypt(current.key, key, context) };
  }

  override async unwrap({ kekId, wrapped }: WrappedKey, context: string): Promise<Buffer> {
    const find = () => this.file.keys.find(({ id }) => id === kekId);
    if (!find()) await this.read();
    const key = find()?.key;
    if (!key) throw new KeyEncryptionKeyMissing(kekId);
    return decrypt(key, wrapped, context);
  }

  override async blindIndexSecret(): Promise<Buffer> {
    return this.file.blindIndexSecret;
  }

  override async signingSecret(version?: number): Promise<SigningSecret | null> {
    if (version === undefined) return this.file.signing.at(-1)!;
    const find = () => this.file.signing.find((one) => one.version === version) ?? null;
    if (!find() && performance.now() - this.lookedAt > LOOK_EVERY_MS) await this.read();
    return find();
  }

  override async stages(): Promise<KeyStages> {
    const { keys, signing } = await this.read();
    const current = keys.at(-1)!;
    const younger = (key: FileKey) => key.madeAt > current.madeAt;
    const roles = JSON.stringify([keys.map(({ id }) => id), signing.map(({ version }) => version)]);
    return {
      current: current.id,
      coming: keys.find(younger)?.id ?? null,
      going: keys.filter((key) => key !== current && !younger(key)).map(({ id }) => id),
      currentSince: current.madeAt,
      digest: createHash('sha256').update(roles).digest('hex').slice(0, 16),
    };
  }

  override async introduce(at: Date): Promise<void> {
    const { keys, signing } = await this.read();
    const madeAt = new Date(Math.max(at.getTime(), keys.at(-1)!.madeAt.getTime() + 1)); // clocks go back at times
    const version = Math.max(...signing.map((one) => one.version)) + 1;
    await this.write({
      keys: [freshKey(madeAt), ...keys],
      signing: [freshSigningSecret(version, madeAt), ...signing],
    });
  }

  override async promote(): Promise<void> {
    const { keys, signing } = await this.read();
    const byAge = (a: { madeAt: Date }, b: { madeAt: Date }) => a.madeAt.getTime() - b.madeAt.getTime();
    await this.write({ keys: keys.toSorted(byAge), signing: signing.toSorted(byAge) });
  }

  override async destroy(kekIds: readonly string[], at: Date): Promise<void> {
    const { keys, signing } = await this.read();
    const current = keys.at(-1);
    const successor = (index: number) => signing[index + 1]?.madeAt.getTime() ?? Infinity;
    const left = keys.filter((key) => key === current || !kekIds.includes(key.id));
    const valid = signing.filter((_, index) => successor(index) > at.getTime() - SIGNATURES_LIVE_MS);
    if (left.length < keys.length || valid.length < signing.length) await this.write({ keys: left, signing: valid });
  }

  private async read(): Promise<KeyFile> {
    this.lookedAt = performance.now();
    this.file = await readKeyFile(this.path);
    return this.file;
  }

  private async write(changed: Pick<KeyFile, 'keys' | 'signing'>): Promise<void> {
    await replaceKeyFile(this.path, { ...this.file, ...changed });
    await this.read();
  }
}
