import { downloadAddress } from './addresses.js';
import { texts } from './texts.js';
import type { MenuEntry } from './ui/menu-entry.js';
import type { RecordingView } from '../api/types.js';

/** The files there are to take away. A trimmed recording has no original to give: what was cut off stays unseen. */
export function downloads({ id, status, chunksPlayable, hasMp4 }: RecordingView): MenuEntry[] {
  const words = texts.recording;
  const made = status === 'ready';
  const original = {
    label: made ? words.seekable : words.original,
    hint: made ? words.seekableHint : words.originalHint,
  };
  return [
    ...(hasMp4 ? [{ label: words.mp4, hint: words.mp4Hint, href: downloadAddress(id, 'mp4'), download: true }] : []),
    ...(made || chunksPlayable ? [{ ...original, href: downloadAddress(id, 'original'), download: true }] : []),
  ];
}
