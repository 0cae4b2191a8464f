import { createHmac, createSecretKey, hkdfSync, type CipherKey, type KeyObject } from 'node:crypto';
import { decrypt, encrypt } from './aead.js';
import { SealBroken } from './key-ring.js';

/** `0x01 ‖ key version u32be`, before the encrypted box. A subject has one key in its life, so its version is 1. */
const HEADER = Buffer.from([0x01, 0, 0, 0, 1]);

/** `0x01 ‖ key version u32be ‖ iv12 ‖ ciphertext ‖ tag16` */
export function sealBlob(key: CipherKey, plaintext: Buffer, additionalData: string): Buffer {
  return Buffer.concat([HEADER, encrypt(key, plaintext, additionalData)]);
}

/** @throws SealBroken */
export function openBlob(key: CipherKey, blob: Buffer, additionalData: string): Buffer {
  if (!blob.subarray(0, HEADER.length).equals(HEADER)) throw new SealBroken();
  return decrypt(key, blob.subarray(HEADER.length), additionalData);
}

/** The key that serves this one purpose. A key object: an HMAC under a buffer takes three times as long. */
export function purposeKey(key: CipherKey, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `screendesk/v1/${purpose}`, 32)));
}

/** HMAC-SHA-256 of a text under a key that serves this one purpose. */
export function keyedHash(key: CipherKey, purpose: string, text: string): Buffer {
  return hmac(purposeKey(key, purpose), text);
}

export function hmac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** Names a key without saying anything about it: 64 hexadecimal digits. */
export function fingerprintOf(key: CipherKey): string {
  return keyedHash(key, 'fingerprint', '').toString('hex');
}
