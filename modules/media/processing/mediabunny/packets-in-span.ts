import type { EncodedPacket } from 'mediabunny';
import type { PacketReader } from './packet-reader.js';

/** What is copied, in seconds of the input's time. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** First packet to copy; null when only the head is wanted. */
  readonly firstKey: EncodedPacket | null;
  /** A part of the whole: its first picture is there from the beginning, and its last one to the end. */
  readonly cut: boolean;
}

type Packets = AsyncGenerator<EncodedPacket, void, unknown>;

/** Rounding of a millisecond clock. */
const SLACK = 0.001;

/** The head's pictures, then the input's from the first key frame up to the end, on the output's clock. */
export function picturesOf(reader: PacketReader, head: PacketReader | null, span: Span): Packets {
  const pictures = copiedPictures(reader, head, span);
  return span.cut ? reachingFromEndToEnd(pictures, span.end - span.start) : pictures;
}

async function* copiedPictures(reader: PacketReader, head: PacketReader | null, span: Span): Packets {
  const { firstKey, start, end } = span;
  const headEnd = (firstKey ? firstKey.timestamp - reader.zero : end) - start;
  if (head) yield* shifted(head.videoFrom(), { zero: 0, end: headEnd });
  // A whole is copied to its last packet, whatever its header made of its length.
  const place = { zero: reader.zero + start, end: span.cut ? end - start : Infinity, keepFirst: head === null };
  if (firstKey) yield* shifted(reader.videoFrom(firstKey), place);
}

/**
 * Whole packets only: one that reaches over an edge would bring sound from beyond it. Those of AAC hold half of what comes
 * after them, too.
 */
export async function* soundsOf(reader: PacketReader, { start, end, cut }: Span): Packets {
  const offset = reader.zero + start;
  const reach = (await reader.audio?.getCodec()) === 'aac' ? 2 : 1;
  for await (const packet of reader.audioFrom(start)) {
    if (packet.timestamp < offset - SLACK) continue;
    if (cut && packet.timestamp + packet.duration * reach > reader.zero + end + SLACK) return;
    yield packet.clone({ timestamp: Math.max(0, packet.timestamp - offset) });
  }
}

async function* reachingFromEndToEnd(packets: Packets, end: number): Packets {
  let held: EncodedPacket | null = null;
  for await (const packet of packets) {
    if (held) yield held;
    held = held ? packet : packet.clone({ timestamp: 0 });
  }
  if (held) yield held.clone({ duration: Math.max(0, end - held.timestamp) });
}

interface Place {
  readonly zero: number;
  readonly end: number;
  /** The first one even if it comes after the end: nothing came before it. */
  readonly keepFirst?: boolean;
}

/** Moves packets to a new zero and stops at the end; frames that only make sense with what was before zero are left out. */
async function* shifted(packets: Packets, { zero, end, keepFirst = false }: Place): Packets {
  let isFirst = keepFirst;
  for await (const packet of packets) {
    const timestamp = packet.timestamp - zero;
    if (timestamp >= end - SLACK / 2 && !isFirst) return;
    isFirst = false;
    if (timestamp < -SLACK) continue;
    const duration = Math.max(0, Math.min(packet.duration, end - timestamp));
    yield packet.clone({ timestamp: Math.max(0, timestamp), duration });
  }
}
