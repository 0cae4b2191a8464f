import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './schema.js';
import { problemFrom, Unreachable } from './problem.js';

type Listener = () => void;
const whenSignedOut = new Set<Listener>();

/** Calls back whenever the server no longer knows who is asking. @returns how to stop */
export function onSignedOut(listener: Listener): () => void {
  whenSignedOut.add(listener);
  return () => whenSignedOut.delete(listener);
}

/** Answers are data; everything else is thrown, so that no caller can overlook it. */
const throwing: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return;
    const body: unknown = await response.json().catch(() => null);
    const signingIn = request.method === 'POST' && new URL(request.url).pathname.endsWith('/session');
    if (response.status === 401 && !signingIn) whenSignedOut.forEach((tell) => tell());
    throw problemFrom(response.status, body, response.headers.get('retry-after'));
  },
  onError: ({ error }) => (error instanceof DOMException && error.name === 'AbortError' ? error : new Unreachable()),
};

/** The API of this origin. The session cookie travels by itself. */
export const api = createClient<paths>({ baseUrl: '', cache: 'no-store' });
api.use(throwing);

/** The data of an answer. @throws ApiProblem, Unreachable */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** Names one intention, so that a call repeated after a broken line happens once. */
export const once = (key: string) => ({ 'Idempotency-Key': key });
