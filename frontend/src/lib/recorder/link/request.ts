import { CALL_HEADER, isOurs, nameCall, unheardBy, type Unheard } from './ours.js';

/** A refusal of the server (RFC 9457), or `status` 0 when none was reached (`OFFLINE`) or none of ours (`FOREIGN`). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Why the server was not heard; null when it was. */
  get unheard(): Unheard | null {
    if (this.status !== 0) return null;
    return this.code === 'FOREIGN' ? 'foreign' : 'offline';
  }
}

/** A server that says nothing for so long counts as not reached: a line that died silently would be waited on for ever. */
export const SILENCE_MS = 30_000;
/** The recording's still is nice to have, and Send waits for it. */
const PICTURE_TIMEOUT_MS = 10_000;

/** Sends a request to the API and reads its answer, if it is ours. @throws Problem */
export async function send(method: string, path: string, body?: unknown, token?: string): Promise<unknown> {
  const call = nameCall();
  const headers: Record<string, string> = { [CALL_HEADER]: call };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = body instanceof Blob ? body.type : 'application/json';
  const signal = AbortSignal.timeout(body instanceof Blob ? PICTURE_TIMEOUT_MS : SILENCE_MS);
  const init = { method, headers, body: body instanceof Blob ? body : JSON.stringify(body), signal };
  // Our server sends nobody elsewhere: whoever does is somebody else, and must not see what this call carries.
  const response = await fetch(`/api/v1/${path}`, { ...init, redirect: 'manual' }).catch(() => null);
  if (response && !isOurs(response, call)) throw new Problem(0, unheardBy(response).toUpperCase());
  return answerOf(response);
}

/** Reads what was answered; null when no server was reached. Of ours only 204 has nothing in it. @throws Problem */
export async function answerOf(response: Response | null): Promise<unknown> {
  if (!response) throw new Problem(0, 'OFFLINE');
  const answer = (await response.json().catch(unread)) as Record<string, unknown> | null;
  if (!response.ok) throw new Problem(response.status, String(answer?.code ?? 'FAULT'), answer ?? {});
  if (!answer && response.status !== 204) throw new Problem(0, 'FOREIGN');
  return answer;
}

/** An answer need not be JSON, nor be there at all; one that broke off is as good as none. */
function unread(error: unknown): null {
  if (error instanceof SyntaxError) return null;
  throw new Problem(0, 'OFFLINE');
}
