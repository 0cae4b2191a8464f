import { download } from './download.js';
import { texts } from './texts.js';
import type { MenuEntry } from './ui/menu-entry.js';
import type { RecordingView } from '../api/types.js';

/** The files there are to take away. Of a trimmed recording, what arrived is not one: what was cut off stays unseen. */
export function downloads({ id, status, chunksPlayable, hasMp4 }: RecordingView): MenuEntry[] {
  const words = texts.recording;
  const made = status === 'ready';
  const recording = {
    label: made ? words.seekable : words.arrived,
    hint: made ? words.seekableHint : words.arrivedHint,
  };
  return [
    ...(hasMp4 ? [{ label: words.mp4, hint: words.mp4Hint, onselect: () => void download(id, 'mp4') }] : []),
    ...(made || chunksPlayable ? [{ ...recording, onselect: () => void download(id, 'recording') }] : []),
  ];
}
