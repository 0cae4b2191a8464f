import type { EncodedPacket } from 'mediabunny';
import { opusMilliseconds, opusSilence, SILENCE_MS } from '../inspect/opus.js';

type Packets = AsyncGenerator<EncodedPacket, void, unknown>;

/**
 * A busy computer notes sound up to 0.2 s too late and catches up within a second. Only what is still missing so many
 * packets (three seconds of Chromium's) later is lost.
 */
const LOOK_AHEAD = 50;

/**
 * Puts silence where Opus packets are missing. Players put sound after sound and ignore its timestamps, so without it
 * all that follows would come too early.
 */
export async function* withoutGaps(packets: Packets): Packets {
  const filler = new Filler();
  const ahead: EncodedPacket[] = [];
  for await (const packet of packets) {
    ahead.push(packet);
    if (ahead.length > LOOK_AHEAD) yield* filler.next(ahead);
  }
  while (ahead.length > 0) yield* filler.next(ahead);
}

class Filler {
  /** The end of what was passed on, put one after the other. */
  private endMs: number | null = null;
  private last: EncodedPacket | null = null;

  /** The first of these packets, after the silence that is missing before it. */
  *next(ahead: EncodedPacket[]): Generator<EncodedPacket, void, unknown> {
    for (let missing = this.missingMs(ahead); missing >= SILENCE_MS; missing -= SILENCE_MS) yield this.silence();
    const packet = ahead.shift()!;
    yield packet;
    this.endMs = (this.endMs ?? packet.timestamp * 1000) + opusMilliseconds(packet.data);
    this.last = packet;
  }

  private missingMs(ahead: readonly EncodedPacket[]): number {
    if (this.endMs === null) return 0;
    let [endMs, least] = [this.endMs, Infinity];
    for (const { timestamp, data } of ahead) {
      least = Math.min(least, timestamp * 1000 - endMs);
      endMs += opusMilliseconds(data);
    }
    return least;
  }

  private silence(): EncodedPacket {
    const timestamp = Math.max(this.last!.timestamp, this.endMs! / 1000);
    this.endMs! += SILENCE_MS;
    this.last = this.last!.clone({ data: opusSilence(this.last!.data), timestamp, duration: SILENCE_MS / 1000 });
    return this.last;
  }
}
