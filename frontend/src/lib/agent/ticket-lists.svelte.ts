import { getRecording, listRecordings } from '../api/recordings.js';
import { getRequest, listRequests } from '../api/recording-requests.js';
import type { RecordingView, RequestView } from '../api/types.js';
import { whileShown } from './live-list.svelte.js';
import { PagedList } from './paged-list.svelte.js';
import { asShown } from './request/cancellations.svelte.js';
import { ticketTimeline, type TicketEntry } from './ticket-timeline.js';

const pageSize = 10;

/** A ticket's requests and recordings, joined and live. Without a ticket: the workspace's latest. */
export class TicketLists {
  readonly requests: PagedList<RequestView>;
  readonly recordings: PagedList<RecordingView>;

  constructor(reference: string) {
    const about = { limit: pageSize, ...(reference && { ticket: reference }) };
    const belongs = (item: { ticket: { reference: string } | null }) =>
      !reference || item.ticket?.reference === reference;
    this.requests = new PagedList<RequestView>({
      page: (cursor, signal) => listRequests({ ...about, cursor }, signal),
      one: getRequest,
      at: ({ createdAt }) => createdAt,
      matches: belongs,
    });
    this.recordings = new PagedList<RecordingView>({
      page: (cursor, signal) => listRecordings({ ...about, cursor }, signal),
      one: getRecording,
      at: ({ receivedAt }) => receivedAt,
      matches: (recording) => recording.status !== 'deleting' && belongs(recording),
    });
  }

  /** Call it while a component is set up: the lists live as long as it does. */
  whileShown(): void {
    whileShown(this.requests, 'request', () => '');
    whileShown(this.recordings, 'recording', () => '');
    $effect(() => this.#fetchMissing());
  }

  get entries(): TicketEntry[] {
    return ticketTimeline(this.requests.items.map(asShown), this.recordings.items);
  }

  get state(): 'loading' | 'ready' | 'failed' {
    const states = [this.requests.state, this.recordings.state];
    if (states.includes('failed')) return 'failed';
    return states.includes('loading') ? 'loading' : 'ready';
  }

  get failure(): unknown {
    return this.requests.failure ?? this.recordings.failure;
  }

  get hasMore(): boolean {
    return this.requests.hasMore || this.recordings.hasMore;
  }

  get loadingMore(): boolean {
    return this.requests.loadingMore || this.recordings.loadingMore;
  }

  get moreFailed(): boolean {
    return this.requests.moreFailed || this.recordings.moreFailed;
  }

  async load(): Promise<void> {
    await Promise.all([this.requests.load(), this.recordings.load()]);
  }

  async loadMore(): Promise<void> {
    await Promise.all([this.requests.loadMore(), this.recordings.loadMore()]);
  }

  /** A request's recording may lie beyond the recordings loaded so far. */
  #fetchMissing(): void {
    if (this.state !== 'ready') return;
    const known = this.recordings.items.map(({ id }) => id);
    for (const { recordingId } of this.requests.items)
      if (recordingId && !known.includes(recordingId)) void this.recordings.fetchOnce(recordingId);
  }
}
