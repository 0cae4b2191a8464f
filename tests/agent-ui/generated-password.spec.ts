import { generatePassword } from '../../frontend/src/lib/agent/generated-password.js';

it('is long, readable aloud, and different each time', () => {
  const made = new Set(Array.from({ length: 200 }, () => generatePassword()));
  expect(made.size).toBe(200);
  for (const password of made) expect(password).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
});

it('draws every letter alike', () => {
  const countingFrom = (first: number) =>
    generatePassword((bytes) => void bytes.forEach((_, index) => (bytes[index] = first + index)));
  const letters = (countingFrom(0) + countingFrom(20)).replaceAll('-', '');
  expect(new Set(letters).size).toBe(32);
});
