import type { DomainEvent } from '#kernel/event.js';
import { Refusal } from '#kernel/refusal.js';
import type { StreamDefinition } from '#kernel/stream.js';

/** Given events, when a decision, then events (or a refusal's code): the whole language of domain tests. */
export function given<S, E extends DomainEvent>(definition: StreamDefinition<S, E>, ...history: E[]) {
  const state = history.reduce((before, event) => definition.evolve(before, event), definition.initial);
  return {
    state,
    when(decide: (state: S) => readonly E[]) {
      return {
        then: (...events: E[]) => expect(decide(state)).toEqual(events),
        thenRefused: (code: string, details: Record<string, unknown> = {}) => {
          try {
            decide(state);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
            expect((error as Refusal).code).toBe(code);
            expect((error as Refusal).details).toMatchObject(details);
            return;
          }
          throw new Error(`Expected the refusal ${code}, but the decision was taken.`);
        },
      };
    },
  };
}
