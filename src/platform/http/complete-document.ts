import type { OpenAPIObject } from '@nestjs/swagger';
import { REFUSAL_HEADERS, REFUSES } from './api-answers.js';
import { HEADERS } from './api-headers.js';
import { problemAnswer, problemSchema, REFUSAL_WORDS } from './problem-answers.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

interface Parameter {
  readonly name: string;
  readonly in: string;
  schema?: Record<string, unknown>;
}
interface Body {
  readonly content: Readonly<Record<string, { readonly schema?: unknown }>>;
  required?: boolean;
}
interface Operation {
  parameters?: Parameter[];
  readonly requestBody?: Body;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  description?: string;
  readonly responses: Record<string, { headers?: Record<string, unknown>; $ref?: string }>;
  [REFUSES]?: readonly number[];
  [REFUSAL_HEADERS]?: Record<string, unknown>;
}

/**
 * Says of every route what follows from what it takes and who may call it: ids are UUIDs, refusals are problem
 * documents with their headers, and every answer can be found in the log. It declares no other status: what a route
 * answers beyond these it says itself.
 */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, Problem: problemSchema as never };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      if (!item[method]) continue;
      const operation = item[method] as unknown as Operation;
      if (operation.requestBody && !needsBody(operation.requestBody, document)) operation.requestBody.required = false;
      complete(method, operation);
    }
  }
  const paths = JSON.stringify(document.paths);
  const used = Object.keys(REFUSAL_WORDS).filter((status) => paths.includes(referenceTo(status)));
  document.components.responses = Object.fromEntries(
    used.map((status) => [`Problem${status}`, problemAnswer(Number(status)) as never]),
  );
  return document;
}

function referenceTo(status: string): string {
  return `"#/components/responses/Problem${status}"`;
}

/** A body without which nothing is missing may be left out. */
function needsBody({ content }: Body, { components }: OpenAPIObject): boolean {
  const { $ref } = (content['application/json']?.schema ?? {}) as { $ref?: string };
  const schema = $ref && components?.schemas?.[$ref.split('/').at(-1)!];
  return !schema || Boolean((schema as { required?: unknown[] }).required?.length);
}

function complete(method: string, operation: Operation): void {
  nameScope(operation);
  for (const parameter of operation.parameters ?? []) settle(parameter);
  for (const answer of Object.values(operation.responses))
    answer.headers = { ...answer.headers, 'X-Correlation-Id': HEADERS['X-Correlation-Id'] };
  const further = operation[REFUSAL_HEADERS];
  for (const status of refusalsOf(method, operation))
    operation.responses[status] = further
      ? problemAnswer(status, further)
      : { $ref: `#/components/responses/Problem${status}` };
  delete operation[REFUSES];
  delete operation[REFUSAL_HEADERS];
}

/** A bearer's scopes are no OAuth scopes: linters and generators want them in words. */
function nameScope(operation: Operation): void {
  const scopes = (operation.security ?? []).flatMap((one) => Object.values(one).flat());
  if (scopes.length) operation.description += ` An API key needs the scope \`${scopes.join('` or `')}\`.`;
  const schemes = new Set((operation.security ?? []).flatMap((one) => Object.keys(one)));
  operation.security = [...schemes].map((scheme) => ({ [scheme]: [] }));
}

/** An address has no null; what a class lets be null in a body can only be left out here. */
function settle(parameter: Parameter): void {
  const { type, enum: values } = parameter.schema ?? {};
  if (Array.isArray(type)) parameter.schema!.type = type.find((one) => one !== 'null');
  if (Array.isArray(values)) parameter.schema!.enum = values.filter((one) => one !== null);
  if (parameter.in === 'path') parameter.schema = { ...parameter.schema, format: 'uuid' };
}

function refusalsOf(
  method: string,
  { parameters = [], requestBody, security = [], ...operation }: Operation,
): number[] {
  const conditional = parameters.some(({ name }) => name === 'If-Match');
  const addressed = parameters.some((parameter) => parameter.in === 'path');
  const statuses = [
    ...(parameters.length || requestBody ? [400] : []),
    ...(security.length ? [401, 403] : []),
    ...(addressed ? [404] : []),
    ...(method !== 'get' && method !== 'head' && security.length ? [409] : []),
    ...(conditional ? [412] : []),
    ...(requestBody ? [413, 415] : []),
    ...[429, 500, 503],
    ...(operation[REFUSES] ?? []),
  ];
  return [...new Set(statuses)].sort();
}
