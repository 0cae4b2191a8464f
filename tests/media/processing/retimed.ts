import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, WEBM, type InputTrack } from 'mediabunny';
import { block, cluster } from './hostile-files.js';
import { FIXTURES } from './scratch.js';

export interface RecordedBlock {
  readonly kind: 'picture' | 'sound';
  readonly atMs: number;
  readonly isKey: boolean;
  readonly data: Uint8Array;
}

/** What a browser recorded: the head of its file, and all blocks as they come. */
export async function blocksOf(fixture: string): Promise<{ head: Buffer; blocks: readonly RecordedBlock[] }> {
  const path = join(FIXTURES, fixture);
  const input = new Input({ formats: [WEBM], source: new FilePathSource(path) });
  const [video, audio] = [(await input.getPrimaryVideoTrack())!, (await input.getPrimaryAudioTrack())!];
  const blocks = [...(await packetsOf(video, 'picture')), ...(await packetsOf(audio, 'sound'))];
  input.dispose();
  const file = readFileSync(path);
  const head = file.subarray(0, file.indexOf(Buffer.from('1f43b675', 'hex')));
  return { head, blocks: blocks.toSorted((a, b) => a.atMs - b.atMs) };
}

async function packetsOf(track: InputTrack, kind: RecordedBlock['kind']): Promise<RecordedBlock[]> {
  const blocks: RecordedBlock[] = [];
  for await (const { data, timestamp, type } of new EncodedPacketSink(track as never).packets())
    blocks.push({ kind, atMs: Math.round(timestamp * 1000) + 100, isKey: type === 'key', data });
  return blocks;
}

/** A file of these blocks, each in a cluster of its own, so that each may claim any moment. */
export function fileOf(head: Buffer, blocks: readonly RecordedBlock[]): Buffer {
  const number = { picture: trackNumber(head, 1), sound: trackNumber(head, 2) };
  const clusters = blocks.map(({ kind, atMs, isKey, data }) =>
    cluster(atMs, block(number[kind], 0, isKey ? 0x80 : 0, Buffer.from(data))),
  );
  return Buffer.concat([head, ...clusters]);
}

/** Which number the track of this type has: in Chromium's entries the number comes just before. */
function trackNumber(head: Buffer, type: 1 | 2): number {
  for (let at = head.indexOf(0xae); at >= 0; at = head.indexOf(0xae, at + 1)) {
    const entry = head.subarray(at, at + 60);
    const [number, kind] = [entry.indexOf(Buffer.from('d781', 'hex')), entry.indexOf(Buffer.from('8381', 'hex'))];
    if (number >= 0 && kind >= 0 && entry[kind + 2] === type) return entry[number + 2]!;
  }
  throw new Error('the fixture has no such track');
}
