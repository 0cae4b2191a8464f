import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Subscriptions } from '#platform/contexts/publications.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { Announcements } from '#platform/live/announcements.js';
import { ChangeFeed } from '#platform/live/change-feed.js';
import type { NamedEvent } from '#platform/streams/after-token.js';
import { recordingList } from '../projections/recording-list.js';
import { requestList } from '../projections/request-list.js';

/** Something an agent may be looking at has changed, and its list shows it. */
export interface LiveChange {
  readonly kind: 'request' | 'recording';
  readonly id: string;
  /** What did it: to be waited for, in case the list is asked at a server that is behind. */
  readonly by: NamedEvent;
}

/** What changes in the lists of requests and recordings. */
@Injectable()
export class LiveChanges implements OnModuleInit, OnApplicationShutdown {
  readonly feed: ChangeFeed<LiveChange>;

  constructor(store: EventStore, announcements: Announcements, subscriptions: Subscriptions) {
    const readings = subscriptions.readings({ ...requestList.on, ...recordingList.on });
    this.feed = new ChangeFeed(store, announcements, {
      lists: [requestList.name, recordingList.name],
      types: [...readings.keys()],
      changesOf: (event) => {
        const { name, translate } = readings.get(event.type)!;
        const by = { stream: event.stream, version: event.version };
        const told = translate(event);
        const [request, recording] = [requestList.on[name]?.(told), recordingList.on[name]?.(told)];
        return [
          ...(request ? [{ kind: 'request' as const, id: request.id, by }] : []),
          ...(recording ? [{ kind: 'recording' as const, id: recording.id, by }] : []),
        ];
      },
    });
  }

  onModuleInit(): Promise<void> {
    return this.feed.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.feed.stop();
  }
}
