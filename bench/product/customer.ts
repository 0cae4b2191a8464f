import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

type Json = Record<string, unknown>;
const APPEND = 100_000;

/** Speaks the product's wire as agent and as customer, just enough to send recordings and time what follows. */
export class Conversation {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn(url: string, credentials: { email: string; password: string }): Promise<Conversation> {
    const response = await send(url, 'POST', '/api/v1/session', {}, credentials);
    return new Conversation(url, response.headers.getSetCookie()[0]!.split(';')[0]!);
  }

  /** @returns the code of a fresh link */
  async askForRecording(options: { maxDurationMs?: number } = {}): Promise<string> {
    const response = await send(
      this.url,
      'POST',
      '/api/v1/recording-requests',
      { cookie: this.cookie },
      { ticket: { reference: 'B-1' }, options },
    );
    return ((await response.json()) as { link: string }).link.split('/r/')[1]!;
  }

  /** Uploads a recording up to, but not including, Send. @returns what sends it */
  async record(
    bytes: Buffer,
    details: { durationMs: number; width: number; height: number },
  ): Promise<{ id: string; send(): Promise<void> }> {
    const opened = await send(this.url, 'POST', '/api/v1/links/open', {}, { code: await this.askForRecording() });
    const authorization = `Bearer ${((await opened.json()) as { token: string }).token}`;
    const consent = { textSha256: '0'.repeat(64), version: '1', locale: 'en', scope: ['screen'] };
    await send(this.url, 'POST', '/api/v1/customer/consent', { authorization }, consent);
    const metadata = `filetype ${btoa('video/webm')},track ${btoa('screen')},source ${btoa('capture')}`;
    const tus = { authorization, 'tus-resumable': '1.0.0' };
    const headers = { ...tus, 'upload-defer-length': '1', 'upload-metadata': metadata };
    const created = await send(this.url, 'POST', '/uploads', headers);
    const path = new URL(created.headers.get('location')!, this.url).pathname;
    const id = created.headers.get('upload-recording')!;
    for (let offset = 0; offset < bytes.length; offset += APPEND) {
      const append = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
      await send(this.url, 'PATCH', path, append, bytes.subarray(offset, offset + APPEND));
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const submission = { ...details, uploads: [{ uploadId: path.split('/').at(-1), bytes: bytes.length, sha256 }] };
    const submit = () =>
      send(this.url, 'POST', `/api/v1/customer/recordings/${id}/submit`, { authorization }, submission);
    return { id, send: async () => void (await submit()) };
  }

  async canPlay(id: string): Promise<boolean> {
    const begun = await this.begin(`recordings/${id}/viewings`);
    if (!begun.ok) return false;
    const { url } = (await begun.json()) as { url: string };
    const response = await fetch(this.url + url, { headers: { cookie: this.cookie, range: 'bytes=0-65535' } });
    await response.arrayBuffer();
    return response.status === 206;
  }

  /** Says that a recording is about to be watched, or taken away. */
  private begin(path: string): Promise<Response> {
    const headers = { cookie: this.cookie, origin: this.url, 'content-type': 'application/json' };
    return fetch(`${this.url}/api/v1/${path}`, { method: 'POST', headers, body: '{}' });
  }

  /** The recordings there are, newest first. */
  async recordings(): Promise<{ id: string; status: string }[]> {
    const response = await fetch(`${this.url}/api/v1/recordings`, { headers: { cookie: this.cookie } });
    return ((await response.json()) as { items: { id: string; status: string }[] }).items;
  }

  /** A page of one of the lists, as the library asks for it. */
  async list(path: string, query = ''): Promise<{ items: { id: string }[]; nextCursor: string | null }> {
    const response = await send(this.url, 'GET', `/api/v1/${path}?${query}`, { cookie: this.cookie });
    return (await response.json()) as { items: { id: string }[]; nextCursor: string | null };
  }

  /** The seekable file, as the agent gets it. */
  async download(id: string, file: string): Promise<void> {
    const { url } = (await (await this.begin(`recordings/${id}/downloads`)).json()) as { url: string };
    const response = await fetch(this.url + url, { headers: { cookie: this.cookie } });
    if (!response.ok) throw new Error(`The download was answered ${response.status}.`);
    await writeFile(file, response.body!);
  }

  async isSeekable(id: string): Promise<boolean> {
    const response = await fetch(`${this.url}/api/v1/recordings/${id}`, { headers: { cookie: this.cookie } });
    return ((await response.json()) as Json).status === 'ready';
  }
}

async function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Json | Buffer,
): Promise<Response> {
  const json = body && !Buffer.isBuffer(body);
  const all = { origin: url, ...(json && { 'content-type': 'application/json' }), ...headers };
  const content = json ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer> | undefined);
  const response = await fetch(`${url}${path}`, { method, headers: all, body: content });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}
