import type { DomainEvent } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { unreachable } from '#kernel/unreachable.js';
import type { DownloadedCopy, MediaOwner, WatchedCopy } from '../contract.js';

/** How long a viewing or a download may be gone on with: a working day and its evening. */
export const VIEWING_LASTS_MS = 12 * 3_600_000;

interface Handed {
  readonly viewingId: string;
  readonly recordingId: string;
  readonly owner: MediaOwner;
  /** Until when bytes may be asked for under it. */
  readonly expiresAt: string;
}
/** `copy` is what there was when it began. Screen and camera are watched together, so there is one viewing of both. */
export type Viewed = Handed & { readonly copy: WatchedCopy; readonly camera: boolean };
export type Downloaded = Handed & { readonly copy: DownloadedCopy };

/** One look at a recording: somebody is handed its bytes, to be watched or to be kept. Who it is stands in the metadata. */
export type ViewingEvent = DomainEvent<'RecordingViewed', Viewed> | DomainEvent<'RecordingDownloaded', Downloaded>;

export type Viewing =
  | { readonly purpose: 'none' }
  | ({ readonly purpose: 'watch' } & Viewed)
  | ({ readonly purpose: 'download' } & Downloaded);

/** Nothing in it is personal, so it stays when the recording is erased: that it was seen remains true. */
export const viewing: StreamDefinition<Viewing, ViewingEvent> = {
  category: 'viewing',
  initial: { purpose: 'none' },
  evolve(_state, event) {
    switch (event.type) {
      case 'RecordingViewed':
        return { purpose: 'watch', ...event.data };
      case 'RecordingDownloaded':
        return { purpose: 'download', ...event.data };
      default:
        return unreachable(event);
    }
  },
};

/** Somebody begins to watch. A retry is no further viewing, whatever has become of the recording meanwhile. */
export function viewRecording(state: Viewing, viewed: Viewed): readonly ViewingEvent[] {
  return state.purpose === 'none' ? [{ type: 'RecordingViewed', data: viewed }] : [];
}

/** Somebody takes a file away. @throws Refusal when the same key stood for another file */
export function downloadRecording(state: Viewing, downloaded: Downloaded): readonly ViewingEvent[] {
  if (state.purpose === 'none') return [{ type: 'RecordingDownloaded', data: downloaded }];
  const isMp4 = ({ copy }: { readonly copy: string }) => copy === 'mp4';
  if (state.purpose !== 'download' || isMp4(state) !== isMp4(downloaded))
    refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different file. Choose a new one.');
  return [];
}
