import type { Pool } from 'pg';
import { StartProblem } from '#platform/config/start-problem.js';
import { KeyEncryptionKeyMissing } from './key-encryption-keys.js';
import { KeyFileKeyEncryptionKeys } from './key-file-key-encryption-keys.js';
import { SealBroken } from './key-ring.js';
import { PostgresKeyRing } from './postgres-key-ring.js';
import { hasSubjectKeys } from './subject-keys.js';

/**
 * The key ring of this database, by its key file, which is made only for a database that never had a key.
 * @throws StartProblem when the key file is missed, or is another database's
 */
export async function openKeyRing(keyFile: string, pool: Pool): Promise<PostgresKeyRing> {
  const mayMake = async () => !(await hasSubjectKeys(pool));
  const keys = new PostgresKeyRing(pool, await KeyFileKeyEncryptionKeys.open(keyFile, mayMake));
  await keys.verify().catch((error: Error) => {
    if (!(error instanceof KeyEncryptionKeyMissing || error instanceof SealBroken)) throw error;
    throw new StartProblem(
      `The key file ${keyFile} is not this database's, or an old copy: it cannot open the keys in it. Nothing was written. Put the right copy there, or set KEY_FILE to where it is.`,
      { cause: error },
    );
  });
  return keys;
}
