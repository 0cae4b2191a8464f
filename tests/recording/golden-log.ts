import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recording } from '#modules/media/domain/recording.js';
import type { MediaOwner } from '#modules/media/contract.js';
import { ownerOf } from '#modules/recording/capture/request-owner.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import { streamName, type StreamDefinition } from '#kernel/stream.js';
import { Database } from '#platform/database/database.js';
import type { Consumer } from '#platform/consumers/consumer.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import type { EventStore, NewEvent } from '#platform/event-store/event-store.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { KeyFileKeyEncryptionKeys } from '#platform/key-ring/key-file-key-encryption-keys.js';
import { PostgresKeyRing } from '#platform/key-ring/postgres-key-ring.js';
import { sealFields } from '#platform/streams/personal-data.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { eventOf, only, without } from './golden-events.js';

export interface Story {
  readonly requestId: string;
  readonly recordingId: string;
  readonly owner: MediaOwner;
}

/** A real log into which golden events are written, their personal fields sealed, under ids of their own. */
export class GoldenLog {
  readonly workspaceId = randomUUID();

  private constructor(
    readonly fresh: FreshDatabase,
    readonly database: Database,
    readonly store: PostgresEventStore,
    readonly keys: PostgresKeyRing,
    private readonly directory: string,
  ) {}

  static async open(): Promise<GoldenLog> {
    const fresh = await freshDatabase();
    const directory = await mkdtemp(join(tmpdir(), 'golden-'));
    const keys = new PostgresKeyRing(fresh.pool, await KeyFileKeyEncryptionKeys.open(join(directory, 'keys.json')));
    return new GoldenLog(fresh, new Database(fresh.pool), new PostgresEventStore(fresh.pool), keys, directory);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.keys.close();
    await this.fresh.drop();
    await rm(this.directory, { recursive: true });
  }

  /** Writes the events of a request, then of its recording. One that is discarded is another than the one that is sent. */
  async tell(ofRequest: readonly string[], ofRecording: readonly string[] = []): Promise<Story> {
    const requestId = randomUUID();
    const story = { requestId, recordingId: randomUUID(), owner: ownerOf(requestId) };
    const discarded = { ...story, recordingId: randomUUID() };
    const end = ofRequest.indexOf('RecordingDiscarded');
    await this.write(recordingRequest, story.requestId, ofRequest, (i) => (i <= end ? discarded : story));
    if (ofRecording.length) await this.write(recording, story.recordingId, ofRecording, () => story);
    return story;
  }

  /** Writes events to one stream, each about what `storyAt` says. */
  async write(
    definition: StreamDefinition<any, any>,
    id: string,
    types: readonly string[],
    storyAt: (index: number) => object = () => ({}),
  ): Promise<void> {
    const events = await Promise.all(types.map((type, index) => this.sealed(id, type, storyAt(index))));
    const { version } = await this.store.append(streamName(definition, id), 'no_stream', events);
    await eventually(async () =>
      expect(await this.store.positionOf(streamName(definition, id), version)).not.toBeNull(),
    );
  }

  /** Follows the log until every checkpoint is at its end. */
  async readToEnd(consumers: readonly Consumer[], store: EventStore = this.store): Promise<void> {
    const failures: unknown[] = [];
    const watch = {
      parked: (_consumer: unknown, _event: unknown, error: unknown) => void failures.push(error),
      interrupted: (_consumer: unknown, error: unknown) => void failures.push(error),
    };
    const runners = consumers.map(
      (consumer) => new ConsumerRunner(consumer, { store, database: this.database }, watch),
    );
    runners.forEach((runner) => runner.start());
    const head = Number(await this.store.head());
    await eventually(async () => {
      const unfinished = `SELECT 1 FROM platform.consumer WHERE position < $1 OR status = 'building' OR generation > 1`;
      const { rows: behind } = await this.fresh.pool.query(unfinished, [head]);
      expect([behind, failures]).toEqual([[], []]);
    });
    await Promise.all(runners.map((runner) => runner.stop()));
  }

  private async sealed(id: string, name: string, story: object): Promise<NewEvent> {
    const { type, personal, schemaVersion, data } = eventOf(name);
    const eventId = randomUUID();
    const words = only(data, ...personal);
    return {
      eventId,
      type,
      schemaVersion,
      at: new Date('2026-11-22T12:00:00Z'),
      data: { ...without(data, ...personal), ...only(story, ...Object.keys(data)) },
      meta: {
        actor: { kind: 'system', id: 'golden' },
        workspaceId: this.workspaceId,
        correlationId: eventId,
        causationId: eventId,
      },
      sealed: personal.length ? [await sealFields(this.keys, id, eventId, type, words)] : [],
    };
  }
}
