import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiResponse, type ApiResponseNoStatusOptions } from '@nestjs/swagger';
import { HEADERS, type HeaderName, headers } from './api-headers.js';

/** Where a route's own refusals are noted until the document is completed. */
export const REFUSES = 'x-refuses';
/** Where further headers of a route's refusals are noted until then. */
export const REFUSAL_HEADERS = 'x-refusal-headers';

/** Declares the statuses of a route's refusals that do not follow from what it takes and who may call it. */
export function Refuses(...statuses: readonly number[]): MethodDecorator {
  return ApiExtension(REFUSES, statuses as number[]) as MethodDecorator;
}

/** Declares an answer with the headers it has; beyond those that are everybody's, say them in `options`. */
export function Answers(
  status: number,
  { headers: further, ...options }: ApiResponseNoStatusOptions = {},
  ...names: readonly HeaderName[]
): MethodDecorator {
  const described = { description: DONE[status] ?? 'Done.', ...options, headers: { ...headers(...names), ...further } };
  return ApiResponse({ status, ...described } as Parameters<typeof ApiResponse>[0]);
}

/** Declares what a command answers: the version it led to, and what a list can wait for. */
export function AnswersChange(
  status: number,
  options: ApiResponseNoStatusOptions = {},
  ...names: readonly HeaderName[]
) {
  return Answers(status, options, 'ETag', 'Screendesk-After', ...names);
}

/** Declares an answer about one thing that may be asked for again with `If-None-Match`. */
export function AnswersState(options: ApiResponseNoStatusOptions): MethodDecorator {
  const unchanged = { description: 'It is what you have.', headers: { ETag: HEADERS.ETag } };
  return applyDecorators(
    ApiHeader({ name: 'If-None-Match', ...ASKED['If-None-Match'], required: false }),
    Answers(200, options, 'ETag'),
    Answers(304, unchanged),
  ) as MethodDecorator;
}

/** Declares an answer of bytes, whole or by a range, that may be asked for again with `If-None-Match`. */
export function AnswersFile(types: readonly string[], ...names: readonly HeaderName[]): MethodDecorator {
  const schema = { type: 'string', format: 'binary' };
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return applyDecorators(
    ...['Range', 'If-Range', 'If-None-Match'].map((name) => ApiHeader({ name, ...ASKED[name], required: false })),
    Answers(200, { description: 'The whole.', content }, 'ETag', 'Accept-Ranges', ...names),
    Answers(206, { description: 'A part.', content }, 'ETag', 'Accept-Ranges', 'Content-Range', ...names),
    Answers(304, { description: 'It is what you have.' }, 'ETag', 'Accept-Ranges', ...names),
    Refuses(416),
  ) as MethodDecorator;
}

const ASKED: Readonly<Record<string, { readonly description: string; readonly schema: Record<string, unknown> }>> = {
  Range: { description: 'One range of bytes (RFC 9110 §14).', schema: { type: 'string', example: 'bytes=0-99' } },
  'If-Range': { description: 'The ETag that the range belongs to.', schema: { type: 'string' } },
  'If-None-Match': { description: 'The ETag of what you have.', schema: { type: 'string' } },
};

const DONE: Readonly<Record<number, string>> = {
  200: 'The answer.',
  201: 'It was made.',
  202: 'It is under way.',
  204: 'Done; there is nothing more to say.',
};
