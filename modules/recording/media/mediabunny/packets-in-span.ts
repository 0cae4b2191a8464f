import type { EncodedPacket } from 'mediabunny';
import type { PacketReader } from './packet-reader.js';

/** What is copied, in seconds of the input's time. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** First packet to copy; null when only the head is wanted. */
  readonly firstKey: EncodedPacket | null;
}

type Packets = AsyncGenerator<EncodedPacket, void, unknown>;

/** Rounding of a millisecond clock. */
const SLACK = 0.001;

/** The head's pictures, then the input's from the first key frame up to the end, on the output's clock. */
export async function* picturesOf(reader: PacketReader, head: PacketReader | null, span: Span): Packets {
  const headEnd = (span.firstKey ? span.firstKey.timestamp - reader.zero : span.end) - span.start;
  if (head) yield* shifted(head.videoFrom(), 0, headEnd);
  if (span.firstKey) yield* shifted(reader.videoFrom(span.firstKey), reader.zero + span.start, span.end - span.start);
}

/** Whole packets only: one that reaches over an edge would bring sound from beyond it. */
export async function* soundsOf(reader: PacketReader, { start, end }: Span): Packets {
  const offset = reader.zero + start;
  for await (const packet of reader.audioFrom(start)) {
    if (packet.timestamp < offset - SLACK) continue;
    if (packet.timestamp + packet.duration > reader.zero + end + SLACK) return;
    yield packet.clone({ timestamp: Math.max(0, packet.timestamp - offset) });
  }
}

/** Moves packets to a new zero and stops at the end; frames that only make sense with what was before zero are left out. */
async function* shifted(packets: Packets, zero: number, end: number): Packets {
  for await (const packet of packets) {
    const timestamp = packet.timestamp - zero;
    if (timestamp >= end - SLACK / 2) return;
    if (timestamp < -SLACK) continue;
    const duration = Math.min(packet.duration, end - timestamp);
    yield packet.clone({ timestamp: Math.max(0, timestamp), duration });
  }
}
