/**
 * The client's half of the upload wire: tus 1.0 with a content digest on every append. Each call is one request and
 * one of few answers; what to do about an answer is the queue's decision.
 */

import { CALL_HEADER, isOurs, LINK_CLOSED, nameCall, unheardBy, type Unheard } from '../link/ours.js';

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
 * Why nothing more can be added. `gone`: the server has no such upload (any more). `link_closed`: no more is taken by this
 * link. `used`: another recording was received by it. `limited`: the recording is as large as it may be. `crowded`: too
 * many others that were begun with the same link lie open. `unreadable`: what is to be sent cannot be read here any more.
 */
export type Closed = 'gone' | 'link_closed' | 'used' | 'limited' | 'crowded' | 'refused' | 'unreadable';

export type Created = { readonly kind: 'created'; readonly uploadId: string; readonly recordingId: string } | Trouble;
export type Answer = { readonly kind: 'at'; readonly offset: number } | Trouble;
export type Trouble =
  | { readonly kind: 'closed'; readonly closed: Closed }
  | { readonly kind: 'unauthorised' }
  /** No answer of ours, a busy or full server, or (`refused`) bytes that arrived damaged: send the same again, later. */
  | {
      readonly kind: 'retry';
      readonly unheard: Unheard | null;
      readonly noRoom?: boolean;
      readonly refused: boolean;
      /** Somebody on the way let no request of this size through. */
      readonly tooLarge?: boolean;
      readonly afterMs: number;
    };

const PATIENCE_MS = 30_000;
const UUID = /^[\da-f-]{36}$/;
/** What is answered, by others than us, to a method that they do not let through. */
const METHOD_REFUSED = new Set([400, 403, 404, 405, 501]);
/** Some break the connection instead: after so many, POST is worth a try. */
const LOST_IN_A_ROW = 3;
const TUS = { 'Tus-Resumable': '1.0.0' };

/** Refusals that say nothing about the bytes: too slow, too many. */
const PASSING = new Set([408, 425, 429]);
const CROWDED = new Set(['TOO_MANY_RECORDINGS', 'TOO_MANY_UPLOADS', 'TOO_MUCH_BEGUN']);

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const encoded = (text: string) => base64(new TextEncoder().encode(text));

/** An answer, and whether it is ours. */
interface Heard {
  readonly response: Response;
  readonly unheard: Unheard | null;
}

export class Tus {
  private onlyPost = false;
  private unheard = 0;

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
    const { response, unheard } = await this.request('POST', '/uploads', {
      ...(upload.length ? { 'Upload-Length': String(upload.length) } : { 'Upload-Defer-Length': '1' }),
      'Upload-Metadata': Object.entries(metadata)
        .flatMap(([name, value]) => (value ? `${name} ${encoded(value)}` : []))
        .join(','),
    });
    if (!unheard && response.status === 415) return { kind: 'closed', closed: 'refused' };
    if (unheard || !response.ok) return trouble(response, unheard);
    const uploadId = response.headers.get('Location')?.split('/').at(-1) ?? '';
    const recordingId = response.headers.get('Upload-Recording') ?? '';
    return UUID.test(uploadId) && UUID.test(recordingId)
      ? { kind: 'created', uploadId, recordingId }
      : { kind: 'closed', closed: 'refused' };
  }

  /** Adds bytes at an offset. The answer's offset is the truth, whether or not it is the expected one. */
  async append(uploadId: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
    const digest = base64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    const headers = {
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
      'Content-Digest': `sha-256=:${digest}:`,
    };
    return answer(await this.byAnyMeans('PATCH', `/uploads/${uploadId}`, headers, bytes));
  }

  /** Asks how much has arrived. */
  async offset(uploadId: string): Promise<Answer> {
    return answer(await this.byAnyMeans('HEAD', `/uploads/${uploadId}`));
  }

  /** Where something on the way knows GET and POST only, by POST; and by that from then on, once it got through. */
  private async byAnyMeans(method: string, path: string, headers = {}, body?: Uint8Array<ArrayBuffer>): Promise<Heard> {
    const post = () => this.request('POST', path, { ...headers, 'X-HTTP-Method-Override': method }, body);
    if (this.onlyPost) return post();
    const heard = await this.request(method, path, headers, body);
    if (!heard.unheard) this.unheard = 0;
    else if (METHOD_REFUSED.has(heard.response.status) || ++this.unheard % LOST_IN_A_ROW === 0) {
      const posted = await post();
      this.onlyPost = posted.unheard === null;
      return posted;
    }
    return heard;
  }

  private async request(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Heard> {
    const call = nameCall();
    try {
      const response = await fetch(this.origin + path, {
        method,
        headers: { ...TUS, [CALL_HEADER]: call, Authorization: `Bearer ${this.token()}`, ...headers },
        body: body ?? null,
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.timeout(this.patienceMs),
      });
      // Read to its end, so that the connection can be used again.
      await response.clone().arrayBuffer();
      return { response, unheard: isOurs(response, call) ? null : unheardBy(response) };
    } catch {
      return { response: Response.error(), unheard: 'offline' };
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
async function answer({ response, unheard }: Heard): Promise<Answer> {
  const offset = offsetOf(response);
  if (!unheard && offset !== null && (response.ok || response.status === 409)) return { kind: 'at', offset };
  return trouble(response, unheard);
}

/** Only our own codes say that it is over, and why. To HEAD there is no more than a status. */
async function trouble(response: Response, unheard: Unheard | null): Promise<Trouble> {
  const { status } = response;
  if (unheard)
    return { kind: 'retry', unheard, refused: false, tooLarge: status === 413, afterMs: retryAfter(response) };
  const code = await codeOf(response);
  if (status === 401) return { kind: 'unauthorised' };
  if (CROWDED.has(code)) return { kind: 'closed', closed: 'crowded' };
  if (LINK_CLOSED.has(code)) return { kind: 'closed', closed: 'link_closed' };
  if (code === 'LINK_USED') return { kind: 'closed', closed: 'used' };
  if (status === 404 || status === 410) return { kind: 'closed', closed: 'gone' };
  if (status === 413) return { kind: 'closed', closed: 'limited' };
  const refused = status >= 400 && status < 500 && !PASSING.has(status);
  return { kind: 'retry', unheard, noRoom: code === 'NO_ROOM', refused, afterMs: retryAfter(response) };
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}
