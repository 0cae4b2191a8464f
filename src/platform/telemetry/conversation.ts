import { AsyncLocalStorage } from 'node:async_hooks';

interface Conversation {
  readonly correlationId: string;
  /** What is taken back where the work comes to nothing for a failure of ours. */
  readonly takingBack: (() => Promise<unknown>)[];
}

const conversations = new AsyncLocalStorage<Conversation>();

/** Runs work (and all it awaits) as part of one conversation, so that every line it logs carries the correlation id. */
export function inConversation<T>(correlationId: string, work: () => T): T {
  return conversations.run({ correlationId, takingBack: [] }, work);
}

/** The correlation id of the work in hand, if it has one. */
export function currentConversation(): string | undefined {
  return conversations.getStore()?.correlationId;
}

/** Remembers what to do if the work in hand comes to nothing for a failure of ours. */
export function ifInVain(takeBack: () => Promise<unknown>): void {
  conversations.getStore()?.takingBack.push(takeBack);
}

/** The work in hand came to nothing for a failure of ours: takes back what it cost, as far as that can be reached. */
export function wasInVain(): void {
  for (const takeBack of conversations.getStore()?.takingBack.splice(0) ?? []) void takeBack().catch(() => undefined);
}

/** Runs what belongs to nobody's conversation, though one may be in hand. */
export function outsideConversations<T>(work: () => T): T {
  return conversations.exit(work);
}
