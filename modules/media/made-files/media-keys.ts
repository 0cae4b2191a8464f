/** Everything of a recording lies under this prefix; nothing else does. */
export function recordingPrefix(recordingId: string): string {
  return `recordings/${recordingId}/`;
}

/** Where the worker puts what it makes of a recording. The names are kinds, not file names from outside. */
export type MadeFile = 'seekable' | 'mp4' | 'poster' | 'storyboard' | 'camera';

export function madeFileKey(recordingId: string, file: MadeFile): string {
  return `${recordingPrefix(recordingId)}made/${file}`;
}
