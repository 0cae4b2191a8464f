import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { Answers, REFUSAL_HEADERS, Refuses } from '#platform/http/api-answers.js';
import { HEADERS } from '#platform/http/api-headers.js';

/** The wire of tus 1.0 as the API's description says it. */

const text = { type: 'string' };
const bytes = { type: 'integer', minimum: 0, example: 4096 };
const header = (description: string, schema: Record<string, unknown> = text) => ({ description, schema });

const ALWAYS = { 'Tus-Resumable': header('Always `1.0.0`.', { ...text, enum: ['1.0.0'] }) };
export const OFFSET = {
  'Upload-Offset': header('How many bytes are stored for good: where to go on.', bytes),
  'Upload-Expires': header('Until when it takes more; while it takes more.'),
};
export const CREATED = {
  ...OFFSET,
  Location: HEADERS.Location,
  'Upload-Recording': header('The recording that the upload belongs to.', { ...text, format: 'uuid' }),
};
export const STAND = {
  ...OFFSET,
  'Upload-Length': header('Bytes, once they are known.', bytes),
  'Upload-Defer-Length': header('`1` while the length is not known.', { ...text, enum: ['1'] }),
  'Upload-Metadata': header('filetype, track and source, each in base64.'),
};
export const CAPABILITIES = {
  'Tus-Version': header('`1.0.0`.'),
  'Tus-Extension': header('The extensions that are spoken here.'),
  'Tus-Checksum-Algorithm': header('The digests that `Upload-Checksum` may have.'),
};

const metadata =
  'Pairs of a name and a value in base64: `filetype` (video/webm, video/mp4, …), `track` (screen, camera), `source` ' +
  '(capture, file), `recording` (to join one).';
export const ASKS = {
  length: { name: 'Upload-Length', description: 'Bytes of the whole.', schema: bytes },
  deferred: { name: 'Upload-Defer-Length', description: 'Instead of a length.', schema: { ...text, enum: ['1'] } },
  metadata: { name: 'Upload-Metadata', description: metadata, schema: { ...text, maxLength: 4096 } },
  offset: { name: 'Upload-Offset', description: 'Where these bytes belong.', required: true, schema: bytes },
  digest: { name: 'Content-Digest', description: '`sha-256=:…:` (RFC 9530) of this body.', schema: text },
  checksum: { name: 'Upload-Checksum', description: '`sha256 …` (tus) of this body.', schema: text },
  override: {
    name: 'X-HTTP-Method-Override',
    description: 'The method that is meant.',
    required: true,
    schema: { ...text, enum: ['PATCH', 'HEAD', 'DELETE'] },
  },
} satisfies Readonly<Record<string, Asked>>;

type Asked = Parameters<typeof ApiHeader>[0];

/** The body of an append. */
export const APPEND = { required: false, schema: { type: 'string', format: 'binary' } };

/** Declares the headers that a route asks for; each asks for the version of tus. */
export function Asks(...headers: readonly Asked[]): MethodDecorator {
  const version = { name: 'Tus-Resumable', required: true, schema: { ...text, enum: ['1.0.0'] } };
  return applyDecorators(
    ...[version, ...headers].map((one) => ApiHeader({ required: false, ...one })),
  ) as MethodDecorator;
}

export function AnswersUpload(status: number, headers: Record<string, object> = {}): MethodDecorator {
  return Answers(status, { headers: { ...ALWAYS, ...headers } as never });
}

/** Refusals of uploads tell a tus client where it is, and that this is tus. */
export function RefusesUpload(...statuses: readonly number[]): MethodDecorator {
  const further = {
    ...ALWAYS,
    'Tus-Version': CAPABILITIES['Tus-Version'],
    'Upload-Offset': OFFSET['Upload-Offset'],
  };
  return applyDecorators(ApiExtension(REFUSAL_HEADERS, further), Refuses(412, ...statuses)) as MethodDecorator;
}
