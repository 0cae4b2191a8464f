import { get, type IncomingMessage } from 'node:http';
import type { ApiClient } from './api-client.js';

export interface Change {
  readonly kind: 'request' | 'recording';
  readonly id: string;
  readonly after: string;
}

/** What a page that follows `/api/v1/events` has heard so far. */
export interface EventStream {
  readonly status: number;
  readonly changes: readonly Change[];
  /** The id of each change. */
  readonly ids: readonly string[];
  /** The id that a browser would come back with. */
  readonly lastEventId: string | undefined;
  /** How often it said that too much was missed. */
  readonly resets: number;
  /** Whether the server has ended it. */
  readonly ended: boolean;
  close(): void;
}

/** @param lastEventId where an earlier stream broke */
export async function follow({ url, headers }: ApiClient, lastEventId?: string): Promise<EventStream> {
  const goingOn = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(new URL('/api/v1/events', url), { headers: { ...headers, ...goingOn }, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
  const heard = { changes: [] as Change[], ids: [] as string[], resets: 0, lastEventId, ended: false };
  let text = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (text += chunk).split('\n\n');
    text = messages.pop()!;
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      heard.lastEventId = /^id: (.*)$/m.exec(message)?.[1] ?? heard.lastEventId;
      if (/^event: reset$/m.test(message)) heard.resets++;
      if (!/^event: change$/m.test(message) || !data) continue;
      heard.changes.push(JSON.parse(data) as Change);
      heard.ids.push(heard.lastEventId!);
    }
  });
  answer.on('close', () => (heard.ended = true)).on('error', () => undefined);
  return Object.assign(heard, { status: answer.statusCode!, close: () => void answer.destroy() });
}
