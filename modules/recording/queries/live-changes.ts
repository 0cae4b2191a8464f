import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventStore, type RecordedEvent } from '#platform/event-store/event-store.js';
import { Announcements } from '#platform/live/announcements.js';
import { ChangeFeed } from '#platform/live/change-feed.js';
import { afterToken } from '#platform/streams/streams.js';
import { recordingList } from '../projections/recording-list.js';
import { requestList } from '../projections/request-list.js';

/** Something an agent may be looking at has changed, and its list shows it. */
export interface LiveChange {
  readonly kind: 'request' | 'recording';
  readonly id: string;
  /** For `?after=`, in case the list is asked at a server that is behind. */
  readonly after: string;
}

/** What changes in the lists of requests and recordings. */
@Injectable()
export class LiveChanges implements OnModuleInit, OnApplicationShutdown {
  readonly feed: ChangeFeed<LiveChange>;

  constructor(store: EventStore, announcements: Announcements) {
    this.feed = new ChangeFeed(store, announcements, {
      lists: [requestList.name, recordingList.name],
      types: [...new Set([requestList, recordingList].flatMap(({ on }) => Object.keys(on)))],
      changesOf,
    });
  }

  onModuleInit(): Promise<void> {
    return this.feed.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.feed.stop();
  }
}

function changesOf(event: RecordedEvent): LiveChange[] {
  const { requestId, recordingId } = event.data as { requestId: string; recordingId?: string };
  const after = afterToken(event.stream, event.version);
  const changes: LiveChange[] = [];
  if (event.type in requestList.on) changes.push({ kind: 'request', id: requestId, after });
  if (event.type in recordingList.on && recordingId) changes.push({ kind: 'recording', id: recordingId, after });
  return changes;
}
