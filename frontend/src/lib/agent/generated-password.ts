/** Letters and digits that nobody mixes up when reading them aloud. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
const groups = 4;
const perGroup = 5;

/** A password for a first sign-in: 100 bits, in groups that can be read out. */
export function generatePassword(
  draw: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => void crypto.getRandomValues(bytes),
): string {
  const drawn = new Uint8Array(groups * perGroup);
  draw(drawn);
  // 32 letters divide 256, so every letter is as likely as any other.
  const text = Array.from(drawn, (byte) => letters[byte % letters.length]).join('');
  return Array.from({ length: groups }, (_, group) => text.slice(group * perGroup, (group + 1) * perGroup)).join('-');
}
