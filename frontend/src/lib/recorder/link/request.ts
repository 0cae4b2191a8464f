/** A refusal of the server (RFC 9457), or `status` 0 when none was reached. */
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
}

/** Sends a request to the API and reads its answer. @throws Problem */
export async function send(method: string, path: string, body?: unknown, token?: string): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = body instanceof Blob ? body.type : 'application/json';
  const init = { method, headers, body: body instanceof Blob ? body : JSON.stringify(body) };
  return answerOf(await fetch(`/api/v1/${path}`, init).catch(() => null));
}

/** Reads what the server answered; null when none was reached. @throws Problem */
export async function answerOf(response: Response | null): Promise<unknown> {
  if (!response) throw new Problem(0, 'OFFLINE');
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  if (!response.ok) throw new Problem(response.status, String(answer?.code ?? 'FAULT'), answer ?? {});
  return answer;
}
