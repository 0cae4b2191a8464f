import { statSync } from 'node:fs';
import type { RecordingOutputs } from '../../../modules/media/processing/processing-options.js';

/** Outputs that write down what they got, in order. */
export function recorded(): { events: string[]; outputs: RecordingOutputs } {
  const events: string[] = [];
  const outputs: RecordingOutputs = {
    seekable: async ({ path, mediaType }) => void events.push(`seekable ${mediaType} ${statSync(path).size > 0}`),
    poster: async (jpeg) => void events.push(`poster ${jpeg.subarray(0, 2).toString('hex')}`),
    storyboard: async ({ count }) => void events.push(`storyboard ${count}`),
    mp4: async ({ mediaType }) => void events.push(`mp4 ${mediaType}`),
  };
  return { events, outputs };
}
