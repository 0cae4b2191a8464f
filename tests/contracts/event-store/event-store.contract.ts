import type { EventStore } from '#platform/event-store/event-store.js';
import { appendingContract } from './appending.contract.js';
import { followingContract } from './following.contract.js';
import type { Ground } from './ground.js';
import { readingContract } from './reading.contract.js';
import { sealedContract } from './sealed.contract.js';

/** What every event store does, whatever it is made of. `prepare` is called once; tests use streams of their own. */
export function eventStoreContract(adapter: string, prepare: () => Promise<Ground>): void {
  describe(`event store on ${adapter}`, () => {
    let ground: Ground;
    let store: EventStore;
    const context = { store: () => store, ground: () => ground };

    beforeAll(async () => {
      ground = await prepare();
      store = ground.open();
    });
    afterAll(() => ground?.dispose());

    describe('appending', () => appendingContract(context));
    describe('reading', () => readingContract(context));
    describe('following the log', () => followingContract(context));
    describe('sealed parts', () => sealedContract(context));
  });
}

/** Looked up late: the ground is made by `beforeAll`. */
export interface ContractContext {
  readonly store: () => EventStore;
  readonly ground: () => Ground;
}
