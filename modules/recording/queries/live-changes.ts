import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { EventStore, type RecordedEvent, type Subscription } from '#platform/event-store/event-store.js';
import { afterToken } from '#platform/streams/streams.js';
import { recordingList } from '../projections/recording-list.js';
import { requestList } from '../projections/request-list.js';

/** Something an agent may be looking at has changed. */
export interface LiveChange {
  readonly workspaceId: string;
  readonly kind: 'request' | 'recording';
  readonly id: string;
  /** For `?after=`, so that the list asked next has seen it. */
  readonly after: string;
}

/** Follows the end of the log in every web server: nothing is stored, so a client that was away loads its lists again. */
@Injectable()
export class LiveChanges implements OnModuleInit, OnApplicationShutdown {
  private readonly subject = new Subject<LiveChange>();
  private subscription?: Subscription;

  readonly all: Observable<LiveChange> = this.subject.asObservable();

  constructor(private readonly store: EventStore) {}

  async onModuleInit(): Promise<void> {
    const types = [...new Set([requestList, recordingList].flatMap(({ on }) => Object.keys(on)))];
    const onPage = async ({ events }: { events: readonly RecordedEvent[] }) =>
      events.forEach((event) => this.tell(event));
    this.subscription = this.store.subscribe(await this.store.head(), { onPage }, { filter: { types } });
  }

  async onApplicationShutdown(): Promise<void> {
    this.subject.complete();
    await this.subscription?.close();
  }

  private tell(event: RecordedEvent): void {
    const { requestId, recordingId } = event.data as { requestId: string; recordingId?: string };
    const change = { workspaceId: event.meta.workspaceId, after: afterToken(event.stream, event.version) };
    if (event.type in requestList.on) this.subject.next({ ...change, kind: 'request', id: requestId });
    if (event.type in recordingList.on && recordingId)
      this.subject.next({ ...change, kind: 'recording', id: recordingId });
  }
}
