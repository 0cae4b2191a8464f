import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isSameScope, metadataOf, scopeOf, type By, type CellBy, type DomainEvent, type Scope } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { streamName, type StreamDefinition } from '#kernel/stream.js';
import {
  EventStore,
  WrongExpectedVersion,
  type NewEvent,
  type RecordedEvent,
} from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { afterToken } from './after-token.js';
import { lift } from './lift.js';
import { openFields, sealFields } from './personal-data.js';

export interface Loaded<State> {
  readonly state: State;
  /** The version of the last event, which is also the ETag; -1 when the stream does not exist. */
  readonly version: number;
  /** Whose it is; null when the stream does not exist. */
  readonly scope: Scope | null;
}

export interface Changed<State = unknown> {
  /** As it is now, personal fields opened. */
  readonly state: State;
  readonly version: number;
  /** Given to a query as `?after=`, it waits until that query has seen this change, also when a retry finds it made. Null where there is no stream. */
  readonly after: string | null;
}

export interface ChangeOptions {
  /** The version the caller saw (`If-Match`). Without it, a lost race is decided again on the newer state. */
  readonly expected?: number;
}

const RACES = 8;

/** Where commands meet the event store: load, decide, append. Personal fields are sealed on the way in and opened on the way out. */
@Injectable()
export class Streams {
  constructor(
    private readonly store: EventStore,
    private readonly keys: KeyRing,
  ) {}

  async load<S, E extends DomainEvent>(definition: StreamDefinition<S, E>, id: string): Promise<Loaded<S>> {
    const recorded = await this.store.readStream(streamName(definition, id));
    let state = definition.initial;
    for (const event of recorded) state = definition.evolve(state, await this.opened(definition, event));
    const [first] = recorded;
    return { state, version: recorded.length - 1, scope: first ? scopeOf(first.meta) : null };
  }

  /**
   * Runs one decision. No events means nothing to do, which is how a retried command succeeds. Another scope's
   * stream (another workspace's, or the cell's own) is to the decision as one that does not exist, and can't be appended to.
   * @throws Refusal when the decision refuses, or `STALE_VERSION` when `expected` is not the stream's version
   */
  async change<S, E extends DomainEvent>(
    definition: StreamDefinition<S, E>,
    id: string,
    by: By | CellBy,
    decide: (state: S) => readonly E[],
    { expected }: ChangeOptions = {},
  ): Promise<Changed<S>> {
    const name = streamName(definition, id);
    for (let race = 1; ; race++) {
      const loaded = await this.load(definition, id);
      const isForeign = loaded.scope !== null && !isSameScope(loaded.scope, scopeOf(by));
      const { state, version } = isForeign ? { state: definition.initial, version: -1 } : loaded;
      if (expected !== undefined && version >= 0 && expected !== version) stale();
      const events = decide(state);
      if (expected !== undefined && expected !== version) stale();
      if (!events.length) return { state, version, after: version < 0 ? null : await this.after(by, name, version) };
      const sealed = await Promise.all(events.map((event) => this.sealed(definition, id, by, event)));
      try {
        const appended = await this.store.append(name, version < 0 ? 'no_stream' : version, sealed);
        return {
          state: events.reduce((before, event) => definition.evolve(before, event), state),
          version: appended.version,
          after: await this.after(by, name, appended.version),
        };
      } catch (error) {
        if (!(error instanceof WrongExpectedVersion) || race === RACES) throw error;
        if (expected !== undefined) stale();
      }
    }
  }

  private after(by: By | CellBy, stream: string, version: number): Promise<string> {
    return afterToken(this.keys, scopeOf(by), { stream, version });
  }

  private async opened<S, E extends DomainEvent>(definition: StreamDefinition<S, E>, event: RecordedEvent) {
    const { type, data } = lift(definition, event);
    const opened = await Promise.all(
      event.sealed.map(({ subject, blob }) => blob && openFields(this.keys, subject, event.eventId, event.type, blob)),
    );
    return { type, data: Object.assign({}, data, ...opened) } as E;
  }

  private async sealed<S, E extends DomainEvent>(
    definition: StreamDefinition<S, E>,
    id: string,
    by: By | CellBy,
    event: E,
  ): Promise<NewEvent> {
    const eventId = randomUUID();
    const type = event.type as E['type'];
    const personal = new Set<string>((definition.personal?.[type] as readonly string[] | undefined) ?? []);
    const entries = Object.entries(event.data).filter(([, value]) => value !== undefined);
    const open = Object.fromEntries(entries.filter(([name]) => !personal.has(name)));
    const secret = Object.fromEntries(entries.filter(([name, value]) => personal.has(name) && value !== null));
    const hasSecret = Object.keys(secret).length > 0;
    return {
      eventId,
      type: event.type,
      schemaVersion: definition.schemaVersions?.[type] ?? 1,
      at: new Date(),
      data: open,
      meta: metadataOf(by),
      sealed: hasSecret ? [await sealFields(this.keys, id, eventId, event.type, secret)] : [],
    };
  }
}

function stale(): never {
  refuse('STALE_VERSION', 'Somebody else changed this in the meantime. Load it again and repeat your change.', 'stale');
}
