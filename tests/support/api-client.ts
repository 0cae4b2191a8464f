import { request as httpRequest, Agent } from 'node:http';

type Headers = Readonly<Record<string, string>>;

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: globalThis.Headers;
  /** Of JSON; undefined otherwise. Tests say what they expect of it. */
  readonly body: any;
  readonly bytes: Buffer;
}

/** A call on its way; `expect` makes any other status the test's failure, with the problem it carries. */
export interface Call extends Promise<Answer> {
  expect(status: number, code?: string): Promise<Answer>;
}

const connections = new Agent({ keepAlive: true, maxSockets: 64 });

/** Calls the API as somebody: paths without a leading slash are below `/api/v1/`, objects are sent as JSON. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly headers: Headers = {},
  ) {}

  /** The same caller with further headers. */
  with(headers: Headers): ApiClient {
    return new ApiClient(this.url, { ...this.headers, ...headers });
  }

  get(path: string, headers?: Headers): Call {
    return this.send('GET', path, undefined, headers);
  }
  head(path: string, headers?: Headers): Call {
    return this.send('HEAD', path, undefined, headers);
  }
  post(path: string, body?: unknown, headers?: Headers): Call {
    return this.send('POST', path, body, headers);
  }
  put(path: string, body?: unknown, headers?: Headers): Call {
    return this.send('PUT', path, body, headers);
  }
  patch(path: string, body?: unknown, headers?: Headers): Call {
    return this.send('PATCH', path, body, headers);
  }
  delete(path: string, headers?: Headers): Call {
    return this.send('DELETE', path, undefined, headers);
  }

  send(method: string, path: string, body?: unknown, headers: Headers = {}): Call {
    const raw = Buffer.isBuffer(body) || body === undefined;
    const type: Headers = raw ? {} : { 'content-type': 'application/json' };
    const answer = exchange(new URL(path.startsWith('/') ? path : `/api/v1/${path}`, this.url), {
      method,
      headers: { ...this.headers, ...type, ...headers },
      body: raw ? body : Buffer.from(JSON.stringify(body)),
    });
    return callOf(`${method} ${path}`, answer);
  }
}

/** An answer to come, under a name for the test's failure. */
export function callOf(name: string, answer: Promise<Answer>): Call {
  const expect = async (status: number, code?: string) => expected(name, await answer, status, code);
  return Object.assign(answer, { expect });
}

function expected(call: string, answer: Answer, status: number, code: string | undefined): Answer {
  const right = answer.status === status && (code === undefined || answer.body?.code === code);
  if (right) return answer;
  const wanted = [status, code].filter(Boolean).join(' ');
  throw new Error(`${call} answered ${answer.status} instead of ${wanted}: ${JSON.stringify(answer.body)}`);
}

/** Plain node:http, since fetch forbids setting the headers that tests are about (Origin, Cookie, Content-Length). */
function exchange(url: URL, { method, headers, body }: { method: string; headers: Headers; body?: Buffer }) {
  return new Promise<Answer>((resolve, reject) => {
    const unsaid = body === undefined && ['GET', 'HEAD', 'DELETE'].includes(method);
    const length: Headers =
      unsaid || 'transfer-encoding' in headers ? {} : { 'content-length': `${body?.length ?? 0}` };
    const sending = httpRequest(url, { method, headers: { ...length, ...headers }, agent: connections });
    sending.on('error', reject);
    sending.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const told = new globalThis.Headers();
        for (const [name, value] of Object.entries(response.headers))
          for (const one of [value ?? []].flat()) told.append(name, one);
        const json = /\bjson\b/.test(response.headers['content-type'] ?? '') && bytes.length > 0;
        const parsed: unknown = json ? JSON.parse(bytes.toString()) : undefined;
        resolve({ status: response.statusCode!, headers: told, body: parsed, bytes });
      });
    });
    sending.end(body);
  });
}
