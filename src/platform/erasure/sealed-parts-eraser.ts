import { Injectable } from '@nestjs/common';
import { EventStore } from '#platform/event-store/event-store.js';
import { Eraser, NOTHING, type Removed } from './eraser.js';

/** The sealed parts of events. Their digests stay in the log. */
@Injectable()
export class SealedPartsEraser extends Eraser {
  readonly store = 'events';

  constructor(private readonly events: EventStore) {
    super();
  }

  async found(subject: string): Promise<Removed> {
    return { ...NOTHING, sealedParts: await this.events.countSealed(subject) };
  }

  async erase(subject: string): Promise<Removed> {
    return { ...NOTHING, sealedParts: await this.events.eraseSealed(subject) };
  }
}
