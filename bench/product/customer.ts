import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

type Json = Record<string, unknown>;
const APPEND = 100_000;
const TUS = { 'tus-resumable': '1.0.0' };

interface Details {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
}

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
    return (await this.ask(options)).link.split('/r/')[1]!;
  }

  async ask(options: { maxDurationMs?: number } = {}): Promise<{ id: string; link: string }> {
    const response = await send(
      this.url,
      'POST',
      '/api/v1/recording-requests',
      { cookie: this.cookie },
      { ticket: { reference: 'B-1' }, options },
    );
    return (await response.json()) as { id: string; link: string };
  }

  /** Uploads a recording up to, but not including, Send. @returns what sends it */
  async record(bytes: Buffer, details: Details): Promise<{ id: string; send(): Promise<void> }> {
    const recording = await this.begin();
    for (let offset = 0; offset < bytes.length; offset += APPEND)
      await recording.append(bytes.subarray(offset, offset + APPEND));
    return { id: recording.id, send: () => recording.send(details) };
  }

  /** A customer opens a link of their own, consents, and begins. */
  async begin(options: { maxDurationMs?: number } = {}): Promise<Recording> {
    const opened = await send(
      this.url,
      'POST',
      '/api/v1/links/open',
      {},
      { code: await this.askForRecording(options) },
    );
    const authorization = `Bearer ${((await opened.json()) as { token: string }).token}`;
    const consent = { textSha256: '0'.repeat(64), version: '1', locale: 'en', scope: ['screen'] };
    await send(this.url, 'POST', '/api/v1/customer/consent', { authorization }, consent);
    const metadata = `filetype ${btoa('video/webm')},track ${btoa('screen')},source ${btoa('capture')}`;
    const headers = { authorization, ...TUS, 'upload-defer-length': '1', 'upload-metadata': metadata };
    const created = await send(this.url, 'POST', '/uploads', headers);
    const path = new URL(created.headers.get('location')!, this.url).pathname;
    return new Recording(this.url, { id: created.headers.get('upload-recording')!, path, authorization });
  }

  async canPlay(id: string): Promise<boolean> {
    const begun = await this.say(`recordings/${id}/viewings`);
    if (!begun.ok) return false;
    const { url } = (await begun.json()) as { url: string };
    const response = await fetch(this.url + url, { headers: { cookie: this.cookie, range: 'bytes=0-65535' } });
    await response.arrayBuffer();
    return response.status === 206;
  }

  /** Says that a recording is about to be watched, or taken away. */
  private say(path: string): Promise<Response> {
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

  /** Follows what happens in the workspace. @param heard called with the id of what changed @returns what ends it */
  async follow(heard: (id: string) => void): Promise<() => void> {
    const ending = new AbortController();
    const { signal } = ending;
    const response = await fetch(`${this.url}/api/v1/events`, { headers: { cookie: this.cookie }, signal });
    if (!response.ok) throw new Error(`The event stream was answered ${response.status}.`);
    void read(response.body!, heard).catch(() => undefined); // ended by us
    return () => ending.abort();
  }

  /** The seekable file, as the agent gets it. */
  async download(id: string, file: string): Promise<void> {
    const { url } = (await (await this.say(`recordings/${id}/downloads`)).json()) as { url: string };
    const response = await fetch(this.url + url, { headers: { cookie: this.cookie } });
    if (!response.ok) throw new Error(`The download was answered ${response.status}.`);
    await writeFile(file, response.body!);
  }

  async isSeekable(id: string): Promise<boolean> {
    const response = await fetch(`${this.url}/api/v1/recordings/${id}`, { headers: { cookie: this.cookie } });
    return ((await response.json()) as Json).status === 'ready';
  }
}

async function read(body: AsyncIterable<Uint8Array>, heard: (id: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of body)
    for (const [, id] of decoder.decode(chunk, { stream: true }).matchAll(/"id":"([0-9a-f-]{36})"/g)) heard(id!);
}

/** A recording under way. */
export class Recording {
  private readonly sha256 = createHash('sha256');
  private bytes = 0;

  constructor(
    private readonly url: string,
    private readonly upload: { readonly id: string; readonly path: string; readonly authorization: string },
  ) {}

  get id(): string {
    return this.upload.id;
  }

  async append(bytes: Buffer): Promise<void> {
    const { path, authorization } = this.upload;
    const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(this.bytes) };
    await send(this.url, 'PATCH', path, { authorization, ...TUS, ...type }, bytes);
    this.sha256.update(bytes);
    this.bytes += bytes.length;
  }

  async send(details: Details): Promise<void> {
    const { id, path, authorization } = this.upload;
    const upload = { uploadId: path.split('/').at(-1), bytes: this.bytes, sha256: this.sha256.copy().digest('hex') };
    const submission = { ...details, uploads: [upload] };
    await send(this.url, 'POST', `/api/v1/customer/recordings/${id}/submit`, { authorization }, submission);
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
