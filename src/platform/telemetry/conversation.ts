import { AsyncLocalStorage } from 'node:async_hooks';

const conversations = new AsyncLocalStorage<string>();

/** Runs work (and all it awaits) as part of one conversation, so that every line it logs carries the correlation id. */
export function inConversation<T>(correlationId: string, work: () => T): T {
  return conversations.run(correlationId, work);
}

/** The correlation id of the work in hand, if it has one. */
export function currentConversation(): string | undefined {
  return conversations.getStore();
}
