import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { recordingRequest, type RecordingRequestEvent } from '#modules/recording/domain/recording-request.js';
import type { By } from '#kernel/event.js';
import { ConsumerRunner } from '#platform/consumers/consumer-runner.js';
import { Database, openPool } from '#platform/database/database.js';
import { withoutLimits } from '#platform/database/long-work.js';
import { PostgresEventStore } from '#platform/event-store/postgres-event-store.js';
import { openKeyRing } from '#platform/key-ring/open-key-ring.js';
import { prepareGenerations } from '#platform/projections/generations.js';
import { Streams } from '#platform/streams/streams.js';
import { projections } from '../../src/app.module.js';

const WRITERS = 16;
const DAY_MS = 86_400_000;

/** Writes the log of workspaces that have received a lot, and builds the lists of it, without a recording behind any of it. */
export class ManyRecordings {
  private readonly pool;
  private readonly store;

  constructor(
    url: string,
    private readonly keyFile: string,
  ) {
    this.pool = openPool(url, WRITERS + 8);
    this.store = new PostgresEventStore(this.pool);
  }

  async workspaceId(slug: string): Promise<string> {
    const { rows } = await this.pool.query<{ workspace_id: string }>(
      'SELECT workspace_id FROM identity.slug WHERE slug = $1',
      [slug],
    );
    return rows[0]!.workspace_id;
  }

  /** Requests that were answered, each with words of its own sealed under a key of its own. */
  async write(workspaceId: string, count: number): Promise<void> {
    const keys = await openKeyRing(this.keyFile, this.pool);
    const streams = new Streams(this.store, keys);
    const by: By = {
      actor: { kind: 'member', id: randomUUID() },
      workspaceId,
      correlationId: randomUUID(),
      causationId: randomUUID(),
    };
    let left = count;
    const writer = async () => {
      while (left-- > 0) await answered(streams, by, left);
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    await keys.close();
  }

  /** Until every list shows the whole log. */
  async list(): Promise<void> {
    const database = new Database(this.pool);
    const prepared = await Promise.all(projections.map((list) => prepareGenerations(database, list)));
    const fail = (_: unknown, cause: unknown): never => {
      throw new Error('A list stopped', { cause });
    };
    const ports = { store: this.store, database };
    const runners = prepared.flat().map((one) => new ConsumerRunner(one, ports, { parked: fail, interrupted: fail }));
    for (const runner of runners) runner.start();
    const head = await this.store.head();
    const behind = "SELECT 1 FROM platform.consumer WHERE generation = 1 AND (position < $1 OR status <> 'serving')";
    while ((await this.pool.query(behind, [String(head)])).rowCount) await wait(100);
    await Promise.all(runners.map((runner) => runner.stop()));
    // What PostgreSQL does by itself some minutes later.
    await withoutLimits(this.pool, (client) => client.query('VACUUM ANALYZE'));
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.pool.end();
  }
}

async function answered(streams: Streams, by: By, n: number): Promise<void> {
  const [requestId, recordingId] = [randomUUID(), randomUUID()];
  const requestedAt = new Date(Date.now() - (n % 90) * DAY_MS).toISOString();
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
  const options = { microphone: 'optional' as const, camera: true, systemAudio: true, maxDurationMs: 1_800_000 };
  const words = { customerName: `Customer ${n}`, message: 'Please show us where it goes wrong', ticketSubject: 'Help' };
  const shape = { durationMs: 61_500, width: 1920, height: 1080, bytes: 7_340_032, mediaType: 'video/webm' };
  const received = { ...shape, camera: true, interrupted: false, receivedAt: requestedAt, deletesAt: expiresAt };
  const ticket = { connector: 'zendesk', reference: `T-${n}` };
  const asked = { requestId, ticket, agentId: by.actor.id, requestedAt, expiresAt, options, ...words };
  const events: RecordingRequestEvent[] = [
    { type: 'RecordingRequested', data: asked },
    { type: 'RecordingStarted', data: { requestId, recordingId, source: 'capture' } },
    { type: 'RecordingSubmitted', data: { requestId, recordingId, ...received, trim: null, note: 'It went red' } },
  ];
  await streams.change(recordingRequest, requestId, by, () => events);
}
