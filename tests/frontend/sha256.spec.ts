import { createHash, randomBytes } from 'node:crypto';
import { paddingAfter, Sha256 } from '../../frontend/src/lib/recorder/upload/sha256.js';

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('agrees with Node for every length around the block boundaries', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = randomBytes(length);
    expect(new Sha256().update(bytes).hex()).toBe(expected(bytes));
  }
});

it('does not care how the bytes are cut into pieces', () => {
  const bytes = randomBytes(300_000);
  for (const cut of [1, 3, 63, 64, 65, 1000, 65_536]) {
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += cut) hash.update(bytes.subarray(at, at + cut));
    expect(hash.hex()).toBe(expected(bytes));
  }
});

it('counts bits beyond what 32 of them can hold', () => {
  const fiveBytesMoreThanHalfAGibibyte = 2 ** 29 + 5;
  expect(Buffer.from(paddingAfter(fiveBytesMoreThanHalfAGibibyte).subarray(-8)).toString('hex')).toBe(
    '0000000100000028',
  );
});
