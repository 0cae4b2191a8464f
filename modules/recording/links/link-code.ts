import { hash } from 'node:crypto';

/** Crockford's base 32: no i, l, o, u, so that a code read aloud or typed from paper survives. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 26;

/** @param bytes 16 unguessable bytes; their 128 bits become 26 characters. */
export function encodeLinkCode(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`);
  let code = '';
  for (let i = 0; i < LENGTH; i++, rest >>= 5n) code = ALPHABET[Number(rest & 31n)] + code;
  return code;
}

/**
 * Undoes what people and mail programs do to codes, such as the full stop that ended the sentence; null when it can't be
 * one. Nothing is guessed: all of its letters have to be there.
 */
export function normaliseLinkCode(text: string): string | null {
  const [letters = ''] = text.trim().split(/[^0-9a-z-]/i, 1);
  const code = letters.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1').replaceAll('-', '');
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null;
}

export function hashLinkCode(code: string): Buffer {
  return hash('sha256', `screendesk link\0${code}`, 'buffer');
}
