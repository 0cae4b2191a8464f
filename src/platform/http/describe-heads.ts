import type { OpenAPIObject } from '@nestjs/swagger';
import { REFUSES } from './api-answers.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ResponseObject = Exclude<NonNullable<Operation['responses']['200']>, { $ref: string }>;

/** HEAD knows no ranges (RFC 9110 §14.2). */
const OF_RANGES = ['Range', 'If-Range'];
const RANGE_NOT_SATISFIABLE = 416;
const BYTES = {
  description: 'How many bytes GET sends.',
  schema: { type: 'integer' as const, minimum: 0, example: 4096 },
};

/**
 * HEAD is answered wherever GET is. Of files it is said, since there it saves something: it tells type, length and
 * whether they are those that the caller has, without a byte.
 */
export function describeHeads({ paths }: OpenAPIObject): void {
  for (const item of Object.values(paths)) if (item.get?.responses['206']) item.head = headOf(item.get);
}

function headOf(get: Operation): Operation {
  const { operationId, tags, summary, parameters, responses, security } = get;
  const refuses = (get as { readonly [REFUSES]?: readonly number[] })[REFUSES] ?? [];
  const known = responses['304']!;
  const { headers } = responses['200'] as ResponseObject;
  return {
    operationId: `${operationId}Head`,
    tags,
    summary: `${summary}: only how long it is`,
    description: 'What GET says of the whole, without its bytes.',
    parameters: parameters?.filter((one) => !('name' in one && OF_RANGES.includes(one.name))),
    responses: { 200: { description: 'It is there.', headers: { ...headers, 'Content-Length': BYTES } }, 304: known },
    security,
    ...{ [REFUSES]: refuses.filter((status) => status !== RANGE_NOT_SATISFIABLE) },
  };
}
