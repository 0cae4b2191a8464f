import type { EncodedPacket } from 'mediabunny';
import type { MediaFile } from '../media-file.js';
import type { WorkOptions } from '../media-tools.js';
import { closedMs, LONGEST_STILL_MS, MOST_REORDERED_MS, STILL_LEFT_MS, type Still } from '../stillness.js';
import { PacketReader } from './packet-reader.js';
import { takingTurns } from './taking-turns.js';
import { writePackets, type Packets } from './write-packets.js';

/**
 * Copies all packets into a file whose clock never jumps: where neither track brings anything for long, a few seconds are
 * left, and a track whose clock was set back goes on from where it was.
 * @returns what was closed up
 */
export async function closeStills(input: MediaFile, path: string, options: WorkOptions): Promise<readonly Still[]> {
  const reader = await PacketReader.open(input);
  try {
    const stills = await stillsIn(reader, options);
    const packets = {
      input,
      reader,
      pictures: closedUp(reader, 'picture', stills),
      sounds: closedUp(reader, 'sound', stills),
    };
    const container = input.container === 'mp4' ? 'quicktime' : 'matroska';
    await writePackets(packets, path, { ...options, container, seconds: input.durationMs / 1000 });
    return stills;
  } finally {
    reader.close();
  }
}

/** Walks both tracks in step, without reading what the packets hold. */
async function stillsIn(reader: PacketReader, { signal }: WorkOptions): Promise<readonly Still[]> {
  const stills: Still[] = [];
  const [tracks, turn] = [[steady(reader, 'picture', true), steady(reader, 'sound', true)], takingTurns()];
  const heads = await Promise.all(tracks.map((track) => track.next()));
  for (let lastMs = 0; ;) {
    const times = heads.map(({ done, value }) => (done ? Infinity : value!.timestamp * 1000));
    const earliest = Math.min(...times);
    if (earliest === Infinity) return stills;
    if (earliest - lastMs > LONGEST_STILL_MS)
      stills.push({ fromMs: lastMs, closedMs: earliest - lastMs - STILL_LEFT_MS });
    lastMs = Math.max(lastMs, earliest);
    const at = times.indexOf(earliest);
    heads[at] = await tracks[at]!.next();
    await turn();
    signal?.throwIfAborted();
  }
}

/** Nothing lasts for longer than the stillness after it. */
async function* closedUp(reader: PacketReader, kind: 'picture' | 'sound', stills: readonly Still[]): Packets {
  for await (const packet of steady(reader, kind)) {
    const timestamp = closedMs(stills, packet.timestamp * 1000) / 1000;
    const duration = Math.min(packet.duration, LONGEST_STILL_MS / 1000);
    yield packet.clone({ timestamp, duration });
  }
}

/** Counted from zero; a track whose clock was set back goes on from where it was. */
async function* steady(reader: PacketReader, kind: 'picture' | 'sound', metadataOnly = false): Packets {
  let [last, setBack] = [0, 0];
  for await (const packet of kind === 'picture' ? reader.pictures(metadataOnly) : reader.sounds(metadataOnly)) {
    const claimed = packet.timestamp - reader.zero;
    if (claimed + setBack < last - MOST_REORDERED_MS / 1000) setBack = last + lasting(packet) - claimed;
    const timestamp = Math.max(0, claimed + setBack);
    last = Math.max(last, timestamp);
    yield packet.clone({ timestamp });
  }
}

/** Of the packet after which the clock was set, taken to be like this one. */
function lasting({ duration }: EncodedPacket): number {
  return Math.min(0.1, Math.max(0.001, duration));
}
