import type { Answer } from '../support/api-client.js';

interface Described {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Described>>;
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Described>> };
}

/** Headers that mean something to a caller: whoever answers with one must have declared it. */
const MEANINGFUL =
  /^(etag|location|retry-after|screendesk-after|set-cookie|www-authenticate|accept|accept-ranges|content-range|content-disposition|x-correlation-id|tus-.*|upload-.*)$/;

/** What the description promises, and which of its promises have been seen kept. */
export class DescribedApi {
  private readonly seen = new Set<string>();

  constructor(readonly document: Document) {}

  /** @throws Error where an answer has a status, a type or a meaningful header that nobody declared */
  check(method: string, path: string, { status, headers }: Answer): void {
    const operation = this.operation(method, path);
    const described = operation.responses[status];
    if (!described) throw new Error(`${operation.operationId} does not declare the status ${status}`);
    const whole = described.$ref ? this.document.components.responses[described.$ref.split('/').at(-1)!]! : described;
    const declared = Object.keys(whole.headers ?? {}).map((name) => name.toLowerCase());
    const silent = [...headers.keys()].filter((name) => MEANINGFUL.test(name) && !declared.includes(name));
    if (silent.length) throw new Error(`${operation.operationId} ${status} does not declare ${silent.join(', ')}`);
    const type = headers.get('content-type')?.split(';')[0];
    const hasBody = type !== undefined && status !== 304 && method !== 'HEAD';
    if (hasBody && !(type in (whole.content ?? {}))) {
      throw new Error(`${operation.operationId} ${status} does not declare a body of ${type}`);
    }
    this.seen.add(`${operation.operationId} ${status}`);
  }

  /** Successful answers that are declared and were not seen. */
  unseen(): string[] {
    const operations = Object.values(this.document.paths).flatMap((item) => Object.values(item));
    const promised = operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses).flatMap((status) => (Number(status) < 400 ? [`${operationId} ${status}`] : [])),
    );
    return promised.filter((one) => !this.seen.has(one));
  }

  private operation(method: string, path: string): Operation {
    const asked = path.split('?')[0]!.split('/');
    const fits = (template: string) => {
      const parts = template.split('/');
      return parts.length === asked.length && parts.every((part, n) => part.startsWith('{') || part === asked[n]);
    };
    const template = Object.keys(this.document.paths).find(fits);
    const operation = template && this.document.paths[template]?.[method.toLowerCase()];
    if (!operation) throw new Error(`Nobody described ${method} ${path}`);
    return operation;
  }
}
