import type { MediaFile } from '../media-file.js';

/** How a file becomes one that browsers play: what is copied stays as it was recorded, bit by bit. */
export interface Recipe {
  readonly container: 'webm' | 'mp4';
  readonly video: 'copy' | 'h264';
  readonly audio: 'copy' | 'aac' | 'opus';
}

/** WebM where its codecs allow it, as nothing then needs encoding; MP4 for H.264; HEVC plays in too few browsers to be kept. */
export function playableRecipe({ container, videoCodec, audioCodec }: MediaFile): Recipe {
  const inWebm = videoCodec === 'vp8' || ((videoCodec === 'vp9' || videoCodec === 'av1') && container !== 'mp4');
  if (inWebm) return { container: 'webm', video: 'copy', audio: keeps(audioCodec, 'opus', 'vorbis') ? 'copy' : 'opus' };
  // Opus in MP4 is fine beside VP9, but H.264 is chosen for players that know AAC only.
  const audio = keeps(audioCodec, 'aac', videoCodec === 'h264' ? 'aac' : 'opus') ? 'copy' : 'aac';
  return { container: 'mp4', video: videoCodec === 'hevc' ? 'h264' : 'copy', audio };
}

/** H.264 and AAC; what is already so is copied. */
export function mp4Recipe({ videoCodec, audioCodec }: MediaFile): Recipe {
  const video = videoCodec === 'h264' ? 'copy' : 'h264';
  return { container: 'mp4', video, audio: keeps(audioCodec, 'aac') ? 'copy' : 'aac' };
}

/** Whether it only moves packets, at the speed of the disk. */
export function onlyCopies({ video, audio }: Recipe): boolean {
  return video === 'copy' && audio === 'copy';
}

function keeps(codec: string | null, ...copied: string[]): boolean {
  return codec === null || copied.includes(codec);
}
