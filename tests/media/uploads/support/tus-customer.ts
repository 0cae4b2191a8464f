import { createHash, randomUUID } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The `Upload-Offset` it names, or null. */
  readonly offset: number | null;
  /** The code of its problem document, or null; and its sentence. */
  readonly code: string | null;
  readonly detail: string | null;
}

export interface Opened {
  /** Path of the upload, the same on every server. */
  readonly path: string;
  readonly id: string;
  readonly recordingId: string;
}

type Headers = Readonly<Record<string, string>>;

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
export const contentDigest = (bytes: Buffer): Headers => ({
  'content-digest': `sha-256=:${sha256(bytes).toString('base64')}:`,
});
export const metadata = (pairs: Headers): Headers => ({
  'upload-metadata': Object.entries(pairs)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(','),
});

/** Somebody who holds the link of one request, speaking tus byte by byte to whichever server. */
export class TusCustomer {
  readonly requestId: string = randomUUID();
  readonly workspaceId: string = randomUUID();

  get authorization(): string {
    return `Bearer cap_${this.requestId}_${this.workspaceId}`;
  }

  send(url: string, method: string, headers: Headers = {}, body?: Buffer): Promise<Answer> {
    const length = 'transfer-encoding' in headers ? {} : { 'content-length': String(body?.length ?? 0) };
    const all = { 'tus-resumable': '1.0.0', authorization: this.authorization, ...length, ...headers };
    return new Promise((resolve, reject) => {
      // A connection of its own: an idle one might be closed by the server just as it is used again.
      const sending = request(url, {
        agent: false,
        method,
        headers: all,
      });
      sending.on('error', reject);
      sending.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const offset = response.headers['upload-offset'];
          const isProblem = response.headers['content-type']?.startsWith('application/problem+json');
          const problem = isProblem
            ? (JSON.parse(Buffer.concat(chunks).toString() || '{}') as { code?: string; detail?: string })
            : {};
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            offset: offset === undefined ? null : Number(offset),
            code: problem.code ?? null,
            detail: problem.detail ?? null,
          });
        });
      });
      sending.end(body);
    });
  }

  create(server: { url: string }, headers: Headers = {}, body?: Buffer): Promise<Answer> {
    const defaults = { 'upload-defer-length': '1', ...metadata({ filetype: 'video/webm', source: 'capture' }) };
    const deferred: Headers = 'upload-length' in headers ? metadata({ filetype: 'video/webm' }) : defaults;
    return this.send(`${server.url}/uploads`, 'POST', { ...deferred, ...headers }, body);
  }

  async open(server: { url: string }, headers: Headers = {}): Promise<Opened> {
    const { status, headers: told, code } = await this.create(server, headers);
    if (status !== 201) throw new Error(`Creation was answered ${status} ${code}`);
    const path = told.location!;
    return { path, id: path.split('/').at(-1)!, recordingId: String(told['upload-recording']) };
  }

  patch(server: { url: string }, path: string, offset: number, bytes: Buffer, headers: Headers = {}): Promise<Answer> {
    const own = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    return this.send(`${server.url}${path}`, 'PATCH', { ...own, ...contentDigest(bytes), ...headers }, bytes);
  }

  /** As a tus client without the checksum extension does. */
  patchUnchecked(server: { url: string }, path: string, offset: number, bytes: Buffer, headers: Headers = {}) {
    const own = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    return this.send(`${server.url}${path}`, 'PATCH', { ...own, ...headers }, bytes);
  }

  head(server: { url: string }, path: string, headers: Headers = {}): Promise<Answer> {
    return this.send(`${server.url}${path}`, 'HEAD', headers);
  }

  complete(server: { url: string }, path: string, whole: Buffer, claim: Record<string, unknown> = {}) {
    const said = {
      bytes: whole.length,
      sha256: sha256(whole).toString('hex'),
      durationMs: 1000,
      width: 64,
      height: 48,
    };
    const body = Buffer.from(JSON.stringify({ ...said, ...claim }));
    return this.send(`${server.url}${path}/complete`, 'POST', { 'content-type': 'application/json' }, body);
  }
}
