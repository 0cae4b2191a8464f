import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './schema.js';
import { type ApiProblem, problemFrom, Unreachable } from './problem.js';

type Listener = (refusal: ApiProblem) => void;
const whenSignedOut = new Set<Listener>();

let shown: string | null = null;

/** Says whom this page shows as signed in: what it asks for from now on is refused where that is somebody else by now. */
export function actAs(memberId: string): void {
  shown = memberId;
}

/** Calls back whenever the server no longer knows who is asking, or knows somebody else. @returns how to stop */
export function onSignedOut(listener: Listener): () => void {
  whenSignedOut.add(listener);
  return () => whenSignedOut.delete(listener);
}

/** A line that died silently would be waited on for ever: who says nothing for so long counts as not reached. */
const SILENCE_MS = 30_000;

const patient: Middleware = {
  onRequest({ request }) {
    const ending = new AbortController();
    for (const signal of [request.signal, AbortSignal.timeout(SILENCE_MS)])
      signal.addEventListener('abort', () => ending.abort(signal.reason));
    if (request.signal.aborted) ending.abort(request.signal.reason);
    return new Request(request, { signal: ending.signal });
  },
};

const named: Middleware = {
  onRequest({ request, schemaPath }) {
    // Who is signed in is asked in nobody's name.
    const asksWho = schemaPath === '/api/v1/session' && request.method === 'GET';
    if (shown && !asksWho) request.headers.set('Screendesk-Member', shown);
  },
};

/** Answers are data; everything else is thrown, so that no caller can overlook it. */
const throwing: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return;
    const body: unknown = await response.json().catch(() => null);
    const signingIn = request.method === 'POST' && new URL(request.url).pathname.endsWith('/session');
    const problem = problemFrom(response.status, body, response.headers.get('retry-after'));
    if (response.status === 401 && !signingIn) whenSignedOut.forEach((tell) => tell(problem));
    throw problem;
  },
  onError: ({ error }) => (error instanceof DOMException && error.name === 'AbortError' ? error : new Unreachable()),
};

/** The API of this origin. The session cookie travels by itself. */
export const api = createClient<paths>({ baseUrl: '', cache: 'no-store' });
api.use(patient, named, throwing);

/** The data of an answer. @throws ApiProblem, Unreachable */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  try {
    return (await call).data as T;
  } catch (error) {
    // It began to answer, and fell silent in the middle.
    throw error instanceof DOMException && error.name === 'TimeoutError' ? new Unreachable() : error;
  }
}

/** Names one intention, so that a call repeated after a broken line happens once. */
export const once = (key: string) => ({ 'Idempotency-Key': key });
