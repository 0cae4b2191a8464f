import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isSameScope, scopeOf, type By, type EventMetadata } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { streamName } from '#kernel/stream.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { lift } from '#platform/streams/lift.js';
import { viewing, type Downloaded, type Viewed, type Viewing } from '../domain/viewing.js';

const MOST_KEPT = 10_000;

interface Noted {
  readonly state: Viewing;
  readonly meta: EventMetadata;
}

/** Which viewing somebody means, and of which recording. */
export interface Named {
  readonly recordingId: string;
  readonly viewingId: string;
}

/**
 * The viewings that bytes are asked for under. A player asks many times for each, and what was noted never changes, so
 * those that were asked for last are kept. Only who began one goes on under it.
 */
@Injectable()
export class KnownViewings {
  private readonly kept = new LRUCache<string, Noted>({ max: MOST_KEPT });

  constructor(private readonly store: EventStore) {}

  /** @throws Refusal `VIEWING_UNKNOWN`, also when it is somebody else's or another recording's; `VIEWING_OVER` */
  async viewing(named: Named, by: By): Promise<Viewed> {
    const { state } = await this.own(named, by);
    return state.purpose === 'watch' ? lasting(state) : unknownViewing();
  }

  /** @throws Refusal as for a viewing */
  async download(named: Named, by: By): Promise<Downloaded> {
    const { state } = await this.own(named, by);
    return state.purpose === 'download' ? lasting(state) : unknownViewing();
  }

  private async own({ viewingId, recordingId }: Named, by: By): Promise<Noted> {
    const noted = this.kept.get(viewingId) ?? (await this.read(viewingId));
    if (!noted || !isBegunBy(noted, by)) unknownViewing();
    return noted.state.purpose !== 'none' && noted.state.recordingId === recordingId ? noted : unknownViewing();
  }

  private async read(viewingId: string): Promise<Noted | null> {
    const [event] = await this.store.readStream(streamName(viewing, viewingId));
    if (!event) return null;
    const lifted = lift(viewing, event);
    const noted = { state: viewing.evolve(viewing.initial, lifted), meta: lifted.meta };
    this.kept.set(viewingId, noted);
    return noted;
  }
}

function isBegunBy({ meta }: Noted, by: By): boolean {
  return isSameScope(scopeOf(meta), scopeOf(by)) && meta.actor.kind === by.actor.kind && meta.actor.id === by.actor.id;
}

function lasting<Handed extends { readonly expiresAt: string }>(handed: Handed): Handed {
  if (new Date(handed.expiresAt) > new Date()) return handed;
  refuse('VIEWING_OVER', 'The time of this viewing or download is up. Begin another one.', 'gone');
}

function unknownViewing(): never {
  refuse('VIEWING_UNKNOWN', 'You have begun no such viewing or download of this recording.', 'not_found');
}
