import { ApiClient, type Answer } from '../support/api-client.js';
import type { DescribedApi } from './described-api.js';

type Headers = Readonly<Record<string, string>>;
interface Sent {
  readonly body?: unknown;
  readonly headers?: Headers;
  /** The request itself is against the description: then only the answer is held to it. */
  readonly wrong?: true;
}

/** Calls as somebody through the validating proxy; a call fails with what the proxy or the description minds. */
export class Proxied {
  private constructor(
    private readonly client: ApiClient,
    private readonly api: DescribedApi,
  ) {}

  static as({ headers }: ApiClient, proxy: string, api: DescribedApi): Proxied {
    return new Proxied(new ApiClient(proxy, headers), api);
  }

  get(path: string, status: number, sent?: Sent): Promise<Answer> {
    return this.call('GET', path, status, sent);
  }
  post(path: string, status: number, sent?: Sent): Promise<Answer> {
    return this.call('POST', path, status, sent);
  }
  put(path: string, status: number, sent?: Sent): Promise<Answer> {
    return this.call('PUT', path, status, sent);
  }
  patch(path: string, status: number, sent?: Sent): Promise<Answer> {
    return this.call('PATCH', path, status, sent);
  }
  delete(path: string, status: number, sent?: Sent): Promise<Answer> {
    return this.call('DELETE', path, status, sent);
  }

  async call(method: string, path: string, status: number, { body, headers, wrong }: Sent = {}): Promise<Answer> {
    const where = path.startsWith('/') ? path : `/api/v1/${path}`;
    const answer = await this.client.send(method, where, body, headers).expect(status);
    const minded = violationsOf(answer).filter(({ location }) => !wrong || location[0] === 'response');
    if (minded.length) throw new Error(`${method} ${where} ${status}: ${JSON.stringify(minded)}`);
    this.api.check(method, where, answer);
    return answer;
  }
}

interface Violation {
  readonly location: readonly string[];
  readonly message: string;
}

function violationsOf({ headers }: Answer): Violation[] {
  const told = headers.get('sl-violations');
  return told ? (JSON.parse(told) as Violation[]) : [];
}
