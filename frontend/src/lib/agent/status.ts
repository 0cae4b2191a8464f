import type { RecordingStatus, RequestStatus } from '../api/types.js';
import { texts } from './texts.js';

/** How a state is shown: a word, an icon and a tone, so that colour is never alone. */
export type StatusIcon =
  'send' | 'eye' | 'record' | 'inbox' | 'check' | 'refused' | 'monitor-off' | 'ban' | 'clock' | 'gear' | 'alert' | 'trash'; // prettier-ignore
export type Tone = 'neutral' | 'busy' | 'good' | 'warning' | 'danger';
export type StatusLook = { word: string; icon: StatusIcon; tone: Tone };

const requestLooks: Record<RequestStatus, Omit<StatusLook, 'word'>> = {
  sent: { icon: 'send', tone: 'neutral' },
  opened: { icon: 'eye', tone: 'busy' },
  recording: { icon: 'record', tone: 'danger' },
  received: { icon: 'inbox', tone: 'good' },
  declined: { icon: 'refused', tone: 'warning' },
  unsupported: { icon: 'monitor-off', tone: 'warning' },
  cancelled: { icon: 'ban', tone: 'neutral' },
  expired: { icon: 'clock', tone: 'neutral' },
};

const recordingLooks: Record<RecordingStatus, Omit<StatusLook, 'word'>> = {
  received: { icon: 'inbox', tone: 'busy' },
  processing: { icon: 'gear', tone: 'busy' },
  ready: { icon: 'check', tone: 'good' },
  failed: { icon: 'alert', tone: 'danger' },
  deleting: { icon: 'trash', tone: 'neutral' },
};

export const requestLook = (status: RequestStatus): StatusLook => ({
  word: texts.requestStatus[status],
  ...requestLooks[status],
});

/** `progress` (0..1) is told while the file is being processed. */
export function recordingLook(status: RecordingStatus, progress: number | null = null): StatusLook {
  const word = texts.recordingStatus[status];
  const share = status === 'processing' && progress !== null ? ` ${Math.round(progress * 100)} %` : '';
  return { word: word + share, ...recordingLooks[status] };
}

/** A request somebody may still act on: its link works. */
export const isOpen = (status: RequestStatus) => status === 'sent' || status === 'opened' || status === 'recording';

/** Whether a new link for the same request helps. Declining, or a phone that cannot record, is no end: people come back. */
export const canRemind = (status: RequestStatus) => !['recording', 'received', 'cancelled'].includes(status);
