import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import { KeyCache, type CacheLimits } from './key-cache.js';
import { KeyEncryptionKeyMissing, type KeyEncryptionKeys } from './key-encryption-keys.js';
import { KeyNews } from './key-news.js';
import { KeyRing, SealBroken, type Rotation } from './key-ring.js';
import { PurposeMacs } from './purpose-macs.js';
import { KeyRotation } from './rotation.js';
import { fingerprintOf, keyedHash, openBlob, sealBlob } from './sealed-blob.js';
import { contextOf, KekRetired, SubjectKeys } from './subject-keys.js';

const LIMITS: CacheLimits = { maxAgeMs: 5 * 60_000, maxEntries: 10_000 };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Subjects' keys in PostgreSQL. Keys are cached only while this process hears of erasures elsewhere (LISTEN), so an
 * erasure takes effect everywhere at once; without that connection every use asks the database.
 */
export class PostgresKeyRing extends KeyRing {
  private readonly rows: SubjectKeys;
  private readonly cache: KeyCache;
  private readonly news: KeyNews;
  private readonly macs: PurposeMacs;

  constructor(
    private readonly pool: Pool,
    private readonly keks: KeyEncryptionKeys,
    limits: CacheLimits = LIMITS,
  ) {
    super();
    this.rows = new SubjectKeys(pool);
    this.cache = new KeyCache(limits);
    this.macs = new PurposeMacs(keks);
    this.news = new KeyNews(pool, {
      erased: (subject) => this.cache.evict(subject),
      lost: () => this.cache.clear(),
      read: async () => (await keks.stages()).digest,
    });
  }

  /**
   * Proves that the key-encryption keys belong to this database, before anything is written with the wrong ones, and
   * lets rotations know of this process.
   * @throws KeyEncryptionKeyMissing, SealBroken
   */
  async verify(): Promise<void> {
    for (const { subject } of await this.rows.samples()) await this.load(subject);
    await this.news.listening();
  }

  async close(): Promise<void> {
    this.cache.clear();
    await this.news.close();
  }

  override async seal(subject: string, plaintext: Buffer, additionalData: string): Promise<Buffer> {
    return sealBlob(await this.keyFor(subject), plaintext, additionalData);
  }

  override async open(subject: string, blob: Buffer, additionalData: string): Promise<Buffer> {
    const key = await this.find(subject);
    if (!key) throw new SealBroken();
    return openBlob(key, blob, additionalData);
  }

  override preload(subjects: readonly string[]): Promise<void> {
    return this.cache.preload(subjects.map(checked), async (missing) => {
      const keep = await this.news.listening(); // before the rows are read, as in find
      const keys = new Map<string, KeyObject>();
      for (const [subject, wrapped] of await this.rows.findMany(missing))
        keys.set(subject, createSecretKey(await this.keks.unwrap(wrapped, contextOf(subject))));
      return { keys, keep };
    });
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

  override sign(purpose: string, text: string): Promise<string> {
    return this.macs.sign(purpose, text);
  }

  override isSignature(purpose: string, text: string, signature: string): Promise<boolean> {
    return this.macs.isSignature(purpose, text, signature);
  }

  override blindIndex(purpose: string, value: string): Promise<Buffer> {
    return this.macs.blindIndex(purpose, value);
  }

  override rotate(olderThanMs = 0): Promise<Rotation | null> {
    return new KeyRotation(this.pool, this.keks).run(olderThanMs);
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
      const keep = await this.news.listening();
      return { key: await this.load(subject), keep };
    });
  }

  /** A rotation may wrap the key anew, and destroy what wrapped it, between our reading the one and the other. */
  private load(subject: string): Promise<KeyObject | null> {
    return this.loadOnce(subject).catch((error) => {
      if (!(error instanceof KeyEncryptionKeyMissing)) throw error;
      return this.loadOnce(subject);
    });
  }

  private async loadOnce(subject: string): Promise<KeyObject | null> {
    const wrapped = await this.rows.find(subject);
    return wrapped && createSecretKey(await this.keks.unwrap(wrapped, contextOf(subject)));
  }

  /** Several callers, in any process, may try at once; all end up with the one key that reached the table first. */
  private async make(subject: string): Promise<KeyObject | null> {
    const key = randomBytes(32);
    const add = async () => this.rows.add(subject, await this.keks.wrap(key, contextOf(subject)), fingerprintOf(key));
    await add().catch(async (error) => {
      if (!(error instanceof KekRetired)) throw error;
      await this.keks.stages(); // a rotation that this process has not heard of yet
      await add();
    });
    return this.find(subject);
  }
}

function checked(subject: string): string {
  if (!UUID.test(subject)) throw new Error('A subject of the key ring is a lower-case UUID');
  return subject;
}
