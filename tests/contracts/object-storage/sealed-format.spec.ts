import { createHash } from 'node:crypto';
import { HEADER, SegmentCipher, SEGMENT } from '#platform/object-storage/sealed-format.js';

it('a golden object, sealed by another implementation, is what ours makes and opens', () => {
  const subjectKey = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
  const salt = Buffer.from(Array.from({ length: 24 }, (_, i) => 0x40 + i));
  const header = Buffer.concat([Buffer.from('SDSO\x01\x10\x00\x00', 'latin1'), salt]);
  expect(header).toHaveLength(HEADER);
  const cipher = SegmentCipher.of(header, subjectKey, 'rec/golden');
  const segments = [
    cipher.seal(0, Buffer.alloc(SEGMENT, 'a'), false),
    Buffer.from('7b327cde61e8467a8ff06c03f6f7bd5df253b7', 'hex'),
  ];
  expect(cipher.open(1, segments[1]!, true).toString()).toBe('end');
  const object = Buffer.concat([header, ...segments]);
  expect(createHash('sha256').update(object).digest('hex')).toBe(
    'e9ab1646ba3009267296663025e88095ef17c9aa92ab0593fc3e3f24b9df3d70',
  );
});
