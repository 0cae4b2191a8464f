import { downloadAddress } from '#lib/agent/addresses.js';
import { texts } from '#lib/agent/texts.js';
import type { MenuEntry } from '#lib/agent/ui/Menu.svelte';
import type { RecordingView } from '#lib/api/types.js';

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
