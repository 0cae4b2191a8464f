import { refuse } from '#kernel/refusal.js';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 256;

/** Of the most common leaked passwords, what remains once short ones are refused, without digits and signs. */
const COMMON = [
  ...['password', 'passwort', 'motdepasse', 'contrasena', 'qwertyuiop', 'qwertyuiopasdfghjkl', 'asdfghjkl', 'zxcvbnm'],
  ...[
    'letmein',
    'iloveyou',
    'welcome',
    'administrator',
    'changeme',
    'trustno',
    'unbelievable',
    'screendesk',
    'abcdefghijkl',
  ],
  ...[
    'qazwsxedcrfv',
    'superman',
    'football',
    'princess',
    'sunshine',
    'whatever',
    'masterkey',
    'consumer',
    'basketball',
  ],
];

/**
 * Long enough, and not what everybody tries first; no rules about kinds of characters, which only make worse ones.
 * @param about words close to the person, such as the e-mail's parts and the name
 * @throws Refusal `PASSWORD_TOO_WEAK`
 */
export function refuseWeakPassword(password: string, about: readonly string[]): void {
  if ([...password].length < SHORTEST_PASSWORD) weak(`Choose a password of at least ${SHORTEST_PASSWORD} characters.`);
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 5 || isRun(plain)) weak('This password repeats itself. Choose a less regular one.');
  const letters = plain.replace(/[^\p{L}]/gu, '');
  if (COMMON.some((common) => letters === common || letters === common + common)) {
    weak('This is one of the passwords that everybody tries first. Choose another.');
  }
  const near = about.map((word) => word.toLowerCase()).filter((word) => word.length > 3);
  if (near.some((word) => plain.includes(word) && plain.length - word.length < 8)) {
    weak('This password is too close to your name or e-mail address.');
  }
}

/** Whether every character follows the one before it by the same step, as in 123456789012. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const steps = codes.slice(1).map((code, index) => (code - codes[index]! + 10) % 10);
  return steps.every((step) => step === steps[0]);
}

function weak(sentence: string): never {
  refuse('PASSWORD_TOO_WEAK', sentence, 'invalid', { errors: [{ field: 'password', message: sentence }] });
}
