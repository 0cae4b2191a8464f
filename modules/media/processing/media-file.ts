export type Container = 'webm' | 'matroska' | 'mp4';
export type VideoCodec = 'vp8' | 'vp9' | 'av1' | 'h264' | 'hevc';
export type AudioCodec = 'opus' | 'vorbis' | 'aac' | 'pcm';

/** A file on disk whose structure was walked and found fit. Only `inspect` makes one, and the tools accept nothing else. */
export interface MediaFile {
  readonly path: string;
  readonly bytes: number;
  /** By its first bytes and its structure, whatever the sender called it. `mp4` includes QuickTime. */
  readonly container: Container;
  /** From the first to the end of the last frame that is really there, not what a header claims; long stillnesses closed up; of a file that hides parts, what is shown. */
  readonly durationMs: number;
  /** Its clock jumps: ahead over a long stillness, or back. */
  readonly jumps: boolean;
  /** A list of the file leaves parts out when it is played, as phones do where somebody cut it; they lie in it all the same. */
  readonly hides: boolean;
  /** As shown, that is after rotation. */
  readonly width: number;
  readonly height: number;
  readonly videoCodec: VideoCodec;
  readonly audioCodec: AudioCodec | null;
  readonly frames: number;
  readonly keyframes: number;
  readonly audioPackets: number;
  /** For how long there is no sound although time went on, as when the recording computer was overwhelmed. Of Opus in WebM. */
  readonly missingSoundMs: number;
  /** Bytes are missing at the end; everything before them is used. */
  readonly truncated: boolean;
}

/** Limits of one inspection. */
export interface MediaLimits {
  readonly maxBytes: number;
  readonly maxDurationMs: number;
  /** Width × height. */
  readonly maxPixels: number;
  /** Longest side. */
  readonly maxSide: number;
  readonly maxTracks: number;
}

export const DEFAULT_LIMITS: MediaLimits = {
  maxBytes: 8 * 1024 ** 3,
  maxDurationMs: 4 * 3_600_000,
  maxPixels: 4096 * 4096,
  maxSide: 8192,
  maxTracks: 16,
};

/** More packets than this, over all tracks, is no recording but an attack on memory (4 h of 120 fps with sound is 2.5 M). */
export const MAX_PACKETS = 5_000_000;
