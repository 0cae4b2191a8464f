/** What the first bytes of an Opus packet (RFC 6716, 3.1) say, and one that says nothing. */

const SILK_MS = [10, 20, 40, 60];
const HYBRID_MS = [10, 20];
const CELT_MS = [2.5, 5, 10, 20];
const STEREO = 0x04;

export const SILENCE_MS = 20;

/** How long a packet sounds; 0 when it is too short to tell. */
export function opusMilliseconds(packet: Uint8Array): number {
  const [head, count] = packet;
  if (head === undefined) return 0;
  const mode = head >> 3;
  const frame = mode < 12 ? SILK_MS[mode % 4]! : mode < 16 ? HYBRID_MS[mode % 2]! : CELT_MS[mode % 4]!;
  const frames = [1, 2, 2, (count ?? 0) & 0x3f][head & 0x03]!;
  return frame * frames;
}

/** Silence of 20 ms, in as many channels as the packet before it. */
export function opusSilence(before: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0xf8 | ((before[0] ?? 0) & STEREO), 0xff, 0xfe);
}
