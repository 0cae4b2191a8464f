/**
 * The client's half of the upload wire: tus 1.0 with a content digest on every append. Each call is one request and
 * one of few answers; what to do about an answer is the queue's decision.
 */

export type Track = 'screen' | 'camera';

export interface NewUpload {
  readonly track: Track;
  readonly mediaType: string;
  readonly source: 'capture' | 'file';
  /** The recording that this track joins; absent for its first track. */
  readonly recordingId?: string;
  /** All its bytes, where they are there already. */
  readonly length?: number;
}

/**
 * Why nothing more can be added. `limited`: the recording is as large as it may be. `crowded`: too many others that were
 * begun with the same link lie open.
 */
export type Closed = 'gone' | 'limited' | 'crowded' | 'refused';

export type Created = { readonly kind: 'created'; readonly uploadId: string; readonly recordingId: string } | Trouble;
export type Answer = { readonly kind: 'at'; readonly offset: number } | Trouble;
export type Trouble =
  | { readonly kind: 'closed'; readonly closed: Closed }
  | { readonly kind: 'unauthorised' }
  /** No network, a busy or full server, or (`refused`) bytes that arrived damaged: send the same again, later. */
  | {
      readonly kind: 'retry';
      readonly offline: boolean;
      readonly noRoom?: boolean;
      readonly refused: boolean;
      readonly afterMs: number;
    };

const PATIENCE_MS = 30_000;
const TUS = { 'Tus-Resumable': '1.0.0' };

/** Refusals that say nothing about the bytes: too slow, too many. */
const PASSING = new Set([408, 425, 429]);
const CROWDED = new Set(['TOO_MANY_RECORDINGS', 'TOO_MANY_UPLOADS', 'TOO_MUCH_BEGUN']);

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const encoded = (text: string) => base64(new TextEncoder().encode(text));

export class Tus {
  /**
   * @param token reads the capability that holds now; it is renewed while uploads run
   * @param patienceMs an answer that does not come within this time is taken for a broken connection
   */
  constructor(
    private readonly origin: string,
    private readonly token: () => string,
    readonly patienceMs = PATIENCE_MS,
  ) {}

  async create(upload: NewUpload): Promise<Created> {
    const metadata = {
      filetype: upload.mediaType,
      track: upload.track,
      source: upload.source,
      recording: upload.recordingId,
    };
    const response = await this.request('POST', '/uploads', {
      ...(upload.length ? { 'Upload-Length': String(upload.length) } : { 'Upload-Defer-Length': '1' }),
      'Upload-Metadata': Object.entries(metadata)
        .flatMap(([name, value]) => (value ? `${name} ${encoded(value)}` : []))
        .join(','),
    });
    const code = await codeOf(response);
    if (CROWDED.has(code)) return { kind: 'closed', closed: 'crowded' };
    if (code === 'NO_ROOM') return { ...waiting(response), noRoom: true };
    if (!response.ok) return trouble(response);
    const uploadId = response.headers.get('Location')?.split('/').at(-1);
    const recordingId = response.headers.get('Upload-Recording');
    return uploadId && recordingId ? { kind: 'created', uploadId, recordingId } : { kind: 'closed', closed: 'refused' };
  }

  /** Adds bytes at an offset. The answer's offset is the truth, whether or not it is the expected one. */
  async append(uploadId: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
    const digest = base64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    const headers = {
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
      'Content-Digest': `sha-256=:${digest}:`,
    };
    return answer(await this.request('PATCH', `/uploads/${uploadId}`, headers, bytes));
  }

  /** Asks how much has arrived. */
  async offset(uploadId: string): Promise<Answer> {
    return answer(await this.request('HEAD', `/uploads/${uploadId}`, {}));
  }

  private async request(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Response> {
    try {
      const response = await fetch(this.origin + path, {
        method,
        headers: { ...TUS, Authorization: `Bearer ${this.token()}`, ...headers },
        body: body ?? null,
        cache: 'no-store',
        signal: AbortSignal.timeout(this.patienceMs),
      });
      // Read to its end, so that the connection can be used again.
      await response.clone().arrayBuffer();
      return response;
    } catch {
      return Response.error();
    }
  }
}

/** The code of its problem document; empty when it is none. */
async function codeOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as { code?: unknown } | null;
  return typeof problem?.code === 'string' ? problem.code : '';
}

function offsetOf(response: Response): number | null {
  const header = response.headers.get('Upload-Offset');
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/** A conflict that names an offset is no trouble: it says where to go on. */
function answer(response: Response): Answer {
  const offset = offsetOf(response);
  if (offset !== null && (response.ok || response.status === 409)) return { kind: 'at', offset };
  return trouble(response);
}

function trouble(response: Response): Trouble {
  switch (response.status) {
    case 401:
      return { kind: 'unauthorised' };
    case 404:
    case 410:
      return { kind: 'closed', closed: 'gone' };
    case 413:
      return { kind: 'closed', closed: 'limited' };
    default:
      return waiting(response);
  }
}

function waiting(response: Response) {
  const { status } = response;
  const refused = status >= 400 && status < 500 && !PASSING.has(status);
  return { kind: 'retry', offline: status === 0, refused, afterMs: retryAfter(response) } as const;
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}
