import type { Container } from '../media-file.js';
import { reject, rejectEncrypted, rejectUnsafe } from '../media-errors.js';
import { EBML } from './ebml.js';
import { BlockCounter } from './matroska-blocks.js';
import { emptyTrack, type Survey, type TrackSurvey } from './survey.js';

const CODECS: Readonly<Record<string, string>> = {
  V_VP8: 'vp8',
  V_VP9: 'vp9',
  V_AV1: 'av1',
  'V_MPEG4/ISO/AVC': 'h264',
  'V_MPEGH/ISO/HEVC': 'hevc',
  A_OPUS: 'opus',
  A_VORBIS: 'vorbis',
  A_AAC: 'aac',
  'A_PCM/INT/LIT': 'pcm',
  'A_PCM/FLOAT/IEEE': 'pcm',
};
const KINDS: Readonly<Record<number, TrackSurvey['kind']>> = { 1: 'video', 2: 'audio' };

/** What the elements met so far say. */
export class MatroskaReading {
  private container: Container = 'matroska';
  private unitMs = 1;
  private clusterMs = 0;
  private readonly tracks: TrackSurvey[] = [];
  private readonly byNumber = new Map<number, TrackSurvey>();
  private readonly blocks = new BlockCounter((number) => this.byNumber.get(number));
  private group: { head: Buffer; size: number; key: boolean; durationMs: number | null } | null = null;

  constructor(private readonly maxTracks: number) {}

  enter(id: number): void {
    if (id === EBML.contentEncryption) rejectEncrypted();
    if (id === EBML.blockGroup) this.group = { head: Buffer.alloc(0), size: 0, key: true, durationMs: null };
    if (id !== EBML.trackEntry) return;
    if (this.tracks.length >= this.maxTracks)
      reject('TOO_MANY_TRACKS', `This file has more than ${this.maxTracks} tracks; a recording has two.`);
    this.tracks.push(emptyTrack());
  }

  leave(id: number): void {
    if (id === EBML.contentEncodings) rejectUnsafe('its content is packed in a way recorders never use');
    if (id === EBML.blockGroup) this.endGroup();
  }

  text(id: number, value: string): void {
    if (id === EBML.docType) this.container = containerOf(value);
    else if (id === EBML.codecId && this.track) this.track.codec = codecOf(value);
  }

  number(id: number, value: number): void {
    const { track } = this;
    if (id === EBML.timestampScale) this.scale(value);
    else if (id === EBML.clusterTimestamp) this.clusterMs = value * this.unitMs;
    else if (id === EBML.trackNumber && track) this.byNumber.set(value, track);
    else if (id === EBML.trackType && track) track.kind = KINDS[value] ?? 'other';
    else if (id === EBML.pixelWidth && track) track.width = value;
    else if (id === EBML.pixelHeight && track) track.height = value;
    else if (id === EBML.referenceBlock && this.group) this.group.key = false;
    else if (id === EBML.blockDuration && this.group) this.group.durationMs = value * this.unitMs;
    else if (id === EBML.contentEncodingType && value === 1) rejectEncrypted();
    else if (id === EBML.maxIdLength && value > 4) rejectUnsafe('it uses identifiers of unheard-of length');
    else if (id === EBML.maxSizeLength && value > 8) rejectUnsafe('it uses sizes of unheard-of length');
  }

  /** The first bytes of a block; they are only valid during the call. */
  block(id: number, head: Buffer, size: number): void {
    if (id === EBML.block && this.group) Object.assign(this.group, { head: Buffer.from(head), size });
    else this.blocks.add(head, size, { clusterMs: this.clusterMs, unitMs: this.unitMs, key: null, durationMs: null });
  }

  finish(truncated: boolean): Survey {
    const tracks = this.tracks.filter((track) => track.kind !== 'other');
    return { container: this.container, tracks, truncated };
  }

  private get track(): TrackSurvey | undefined {
    return this.tracks.at(-1);
  }

  private scale(nanoseconds: number): void {
    if (nanoseconds === 0) rejectUnsafe('its clock stands still');
    this.unitMs = nanoseconds / 1_000_000;
  }

  private endGroup(): void {
    if (this.group)
      this.blocks.add(this.group.head, this.group.size, {
        ...this.group,
        clusterMs: this.clusterMs,
        unitMs: this.unitMs,
      });
    this.group = null;
  }
}

function containerOf(docType: string): Container {
  const name = beforeNul(docType);
  if (name !== 'webm' && name !== 'matroska') reject('NOT_A_VIDEO', 'This file is not a video.');
  return name;
}

/** Where EBML's strings end. */
function beforeNul(text: string): string {
  return text.split('\0', 1)[0]!;
}

/** AAC and some others carry a profile behind a slash. */
function codecOf(codecId: string): string {
  const name = beforeNul(codecId);
  return CODECS[name] ?? CODECS[name.split('/')[0]!] ?? name;
}
