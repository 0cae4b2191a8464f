import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from 'node:crypto';
import { SealBroken } from './key-ring.js';

const ALGORITHM = 'aes-256-gcm';
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** AES-256-GCM under a fresh random IV: `iv12 ‖ ciphertext ‖ tag16`. */
export function encrypt(key: CipherKey, plaintext: Buffer, additionalData: string): Buffer {
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(additionalData, 'utf8'));
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws SealBroken when a single bit of the key, the box or the additional data is not what it was */
export function decrypt(key: CipherKey, box: Buffer, additionalData: string): Buffer {
  if (box.length < IV_LENGTH + TAG_LENGTH) throw new SealBroken();
  const tag = box.subarray(box.length - TAG_LENGTH);
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, IV_LENGTH), { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.from(additionalData, 'utf8')).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(box.subarray(IV_LENGTH, box.length - TAG_LENGTH)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken({ cause });
  }
}
