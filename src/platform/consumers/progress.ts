import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { filter, firstValueFrom, merge, timer } from 'rxjs';
import { refuse } from '#kernel/refusal.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { Announcements } from '#platform/live/announcements.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { type NamedEvent, readAfterToken } from '#platform/streams/after-token.js';

const PATIENCE_MS = 2000;
const FIRST_LOOK_MS = 5;
const LOOK_AT_LEAST_EVERY_MS = 100;

/** How far lists have come, for people who wait. */
@Injectable()
export class Progress {
  constructor(
    private readonly store: EventStore,
    private readonly announcements: Announcements,
    private readonly keys: KeyRing,
  ) {}

  /**
   * Resolves once the projection has seen the change an after-token names, at the latest after two seconds: then the
   * reader gets what there is. One of the version before names no workspace: it waits for all that is in the log by now.
   * @throws Refusal `AFTER_INVALID`; `LIST_BEING_BUILT` when a new version has not caught up with the log yet: a part of
   * a list would look like loss
   */
  async waitFor(projection: string, token: string | undefined, workspaceId: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    await this.whole(projection, deadline);
    if (!token) return;
    const named = await readAfterToken(this.keys, { kind: 'workspace', id: workspaceId }, token);
    const position = named ? await this.positionOf(named, deadline) : await this.store.head();
    if (position !== null) await this.reached(projection, position, deadline);
  }

  private async whole(projection: string, deadline: number): Promise<void> {
    for (let isLate = false; !this.announcements.isWhole(projection); isLate = Date.now() > deadline) {
      if (isLate) refuse('LIST_BEING_BUILT', 'This list is being prepared. Try again in a minute.', 'unavailable');
      await this.announcements.refresh();
      if (!this.announcements.isWhole(projection)) await wait(LOOK_AT_LEAST_EVERY_MS);
    }
  }

  /** Null when the event is not in the log in time. */
  private async positionOf({ stream, version }: NamedEvent, deadline: number): Promise<bigint | null> {
    for (let pause = FIRST_LOOK_MS; Date.now() < deadline; pause = Math.min(pause * 1.5, LOOK_AT_LEAST_EVERY_MS)) {
      const position = await this.store.positionOf(stream, version);
      if (position !== null) return position;
      await wait(pause);
    }
    return null;
  }

  /** Announcements tell; now and then somebody looks, in case their line broke silently. */
  private async reached(projection: string, position: bigint, deadline: number): Promise<void> {
    const { announcements } = this;
    const isThere = () => announcements.positionOf(projection) >= position;
    const moved = announcements.moved.pipe(filter(isThere));
    while (!isThere() && Date.now() < deadline) {
      await firstValueFrom(merge(moved, timer(LOOK_AT_LEAST_EVERY_MS)));
      if (!isThere()) await announcements.refresh();
    }
  }
}
