import { HEADERS, type HeaderName, headers } from './api-headers.js';

/** When each status refuses, in words that hold for every route; docs/api.md has the same table. */
export const REFUSAL_WORDS: Readonly<Record<number, string>> = {
  400: 'The input is wrong; the sentence, or `errors`, says what.',
  401: 'No session, key or capability, or one that has ended.',
  403: "A key without the scope, a member who may not, or a page of another site with somebody's session.",
  404: "There is no such thing, or it is another workspace's.",
  405: 'The address is right and the method is not; `Allow` names those that are.',
  409: 'A rule says no, as when cancelling what has arrived; on uploads, a wrong offset.',
  410: 'A link that was used, cancelled or has expired, or what has been deleted.',
  412: 'Somebody else changed it first (`If-Match`); on uploads, another version of tus.',
  413: 'Too large.',
  415: 'A body of another type than this address takes.',
  416: 'There is nothing in that range.',
  429: 'Too often; wait `retryAfterSeconds`.',
  460: 'The bytes changed on their way (tus checksum). Send them again.',
  500: 'Our fault. Quote the correlation id when you report it.',
  503: 'Not just now. Nothing is lost: send it again.',
};

const OWN_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  415: ['Accept'],
  416: ['Content-Range', 'Accept-Ranges'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The description of a refusal, with headers beyond those that its status always has. */
export function problemAnswer(status: number, further: Record<string, unknown> = {}) {
  return {
    description: REFUSAL_WORDS[status]!,
    headers: {
      ...headers(...(OWN_HEADERS[status] ?? [])),
      ...further,
      'X-Correlation-Id': HEADERS['X-Correlation-Id'],
    },
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** RFC 9457 as this API uses it. */
export const problemSchema = {
  type: 'object',
  description: 'A problem document (RFC 9457). A code may bring further members, such as `offset`.',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', format: 'uri', example: 'https://screendesk.dev/problems/link-expired' },
    title: { type: 'string', description: "The status's name", example: 'Gone' },
    status: { type: 'integer', minimum: 400, maximum: 599, example: 410 },
    detail: { type: 'string', description: 'A sentence for people', example: 'This link has expired.' },
    code: {
      type: 'string',
      description: 'For programs: stable',
      pattern: '^[A-Z][A-Z0-9_]*$',
      example: 'LINK_EXPIRED',
    },
    correlationId: { type: 'string', format: 'uuid', description: "Finds the call in the server's log" },
    retryAfterSeconds: { type: 'integer', minimum: 1, description: 'With 429 and 503: how long to wait' },
    errors: {
      type: 'array',
      description: 'With INPUT_INVALID: what is wrong, field by field',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
};
