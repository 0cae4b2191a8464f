import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import { ErasureListener } from './erasure-listener.js';
import { KeyCache, type CacheLimits } from './key-cache.js';
import type { KeyEncryptionKeys } from './key-encryption-keys.js';
import { KeyRing, SealBroken } from './key-ring.js';
import { fingerprintOf, hmac, keyedHash, openBlob, purposeKey, sealBlob } from './sealed-blob.js';
import { SubjectKeys } from './subject-keys.js';

const LIMITS: CacheLimits = { maxAgeMs: 5 * 60_000, maxEntries: 10_000 };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Subjects' keys in PostgreSQL. Keys are cached only while this process hears of erasures elsewhere (LISTEN), so an
 * erasure takes effect everywhere at once; without that connection every use asks the database.
 */
export class PostgresKeyRing extends KeyRing {
  private readonly rows: SubjectKeys;
  private readonly cache: KeyCache;
  private readonly listener: ErasureListener;
  /** There are a handful of purposes, and every request with a capability asks for one of them. */
  private readonly indexKeys = new Map<string, KeyObject>();

  constructor(
    pool: Pool,
    private readonly keks: KeyEncryptionKeys,
    limits: CacheLimits = LIMITS,
  ) {
    super();
    this.rows = new SubjectKeys(pool);
    this.cache = new KeyCache(limits);
    this.listener = new ErasureListener(pool, {
      erased: (subject) => this.cache.evict(subject),
      lost: () => this.cache.clear(),
    });
  }

  /**
   * Proves that the key-encryption keys belong to this database, before anything is written with the wrong ones.
   * @throws KeyEncryptionKeyMissing, SealBroken
   */
  async verify(): Promise<void> {
    for (const { subject, key } of await this.rows.samples()) await this.keks.unwrap(key, contextOf(subject));
  }

  async close(): Promise<void> {
    this.cache.clear();
    await this.listener.close();
  }

  override async seal(subject: string, plaintext: Buffer, additionalData: string): Promise<Buffer> {
    return sealBlob(await this.keyFor(subject), plaintext, additionalData);
  }

  override async open(subject: string, blob: Buffer, additionalData: string): Promise<Buffer> {
    const key = await this.find(subject);
    if (!key) throw new SealBroken();
    return openBlob(key, blob, additionalData);
  }

  override async keyOf(subject: string): Promise<Buffer> {
    return (await this.keyFor(subject)).export();
  }

  override async existingKeyOf(subject: string): Promise<Buffer | null> {
    return (await this.find(subject))?.export() ?? null;
  }

  override async derive(subject: string, label: string): Promise<Buffer> {
    return keyedHash(await this.keyFor(subject), 'derive', label);
  }

  override async blindIndex(purpose: string, value: string): Promise<Buffer> {
    const key = this.indexKeys.get(purpose) ?? purposeKey(await this.keks.blindIndexSecret(), `blind-index/${purpose}`);
    this.indexKeys.set(purpose, key);
    return hmac(key, value);
  }

  override async erase(subject: string): Promise<{ fingerprint: string | null }> {
    const fingerprint = await this.rows.destroy(checked(subject));
    this.cache.evict(subject);
    return { fingerprint };
  }

  override isErased(subject: string): Promise<boolean> {
    return this.rows.isDestroyed(checked(subject));
  }

  private async keyFor(subject: string): Promise<KeyObject> {
    const key = (await this.find(subject)) ?? (await this.make(subject));
    if (!key) throw new Error(`The key of subject ${subject} vanished while it was being made`);
    return key;
  }

  private find(subject: string): Promise<KeyObject | null> {
    checked(subject);
    return this.cache.get(subject, async () => {
      // Asked first: an erasure after this line is heard, one before it is seen in the row.
      const keep = await this.listener.listening();
      return { key: await this.load(subject), keep };
    });
  }

  private async load(subject: string): Promise<KeyObject | null> {
    const wrapped = await this.rows.find(subject);
    return wrapped && createSecretKey(await this.keks.unwrap(wrapped, contextOf(subject)));
  }

  /** Several callers, in any process, may try at once; all end up with the one key that reached the table first. */
  private async make(subject: string): Promise<KeyObject | null> {
    const key = randomBytes(32);
    await this.rows.add(subject, await this.keks.wrap(key, contextOf(subject)), fingerprintOf(key));
    return this.find(subject);
  }
}

/** Bound to the wrapped key, so that rows cannot be swapped between subjects. */
function contextOf(subject: string): string {
  return `screendesk/v1/subject-key/${subject}`;
}

function checked(subject: string): string {
  if (!UUID.test(subject)) throw new Error('A subject of the key ring is a lower-case UUID');
  return subject;
}
