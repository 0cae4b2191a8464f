import type { ApiHeaderOptions } from '@nestjs/swagger';

type Header = Pick<ApiHeaderOptions, 'description'> & { readonly schema: Record<string, unknown> };

const text = { type: 'string' };

/** Headers of answers that more than one context gives, as the API's description says them. */
export const HEADERS = {
  ETag: {
    description:
      'The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, ' +
      'for If-None-Match the whole.',
    schema: { ...text, pattern: '^".+"$', example: '"3-5Zf0qzVnXo2bq1Kk"' },
  },
  'Screendesk-After': {
    description: 'Give it to a list as `after`, and the list waits until it has seen this change.',
    schema: { ...text, maxLength: 400, example: 'N2YzZX5yZWNvcmRpbmdfcmVxdWVzdC0zZjBlNGM2YUAw' },
  },
  Location: {
    description: 'Where what was made can be read at once.',
    schema: { ...text, format: 'uri-reference' },
  },
  'Set-Cookie': { description: "The session's cookie, for browsers.", schema: text },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1, example: 7 } },
  'WWW-Authenticate': { description: 'Always `Bearer`.', schema: { ...text, example: 'Bearer' } },
  Accept: {
    description: 'The type of body that this address takes.',
    schema: { ...text, example: 'application/json' },
  },
  'Accept-Ranges': { description: 'Always `bytes`.', schema: { ...text, enum: ['bytes'] } },
  'Content-Range': {
    description: 'Which bytes these are, of how many.',
    schema: { ...text, pattern: '^bytes (\\d+-\\d+|\\*)/\\d+$', example: 'bytes 0-99/4096' },
  },
  'Content-Disposition': {
    description: 'A name to keep the file under.',
    schema: { ...text, example: 'attachment; filename="recording-3f0e4c6a.webm"' },
  },
  'X-Correlation-Id': {
    description: "Joins this call to the server's log. Send one of your own, a UUID, and it is taken.",
    schema: { ...text, format: 'uuid', example: '3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f' },
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof HEADERS;

export function headers(...names: readonly HeaderName[]): Record<string, Header> {
  return Object.fromEntries(names.map((name) => [name, HEADERS[name]]));
}
