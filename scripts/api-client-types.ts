import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

const heading = '/** Made from our OpenAPI document by scripts/generate-api-client.ts. Do not edit. */\n\n';

/** The API's calls and messages as TypeScript, for openapi-fetch. */
export async function typesOf(document: OpenAPI3): Promise<string> {
  return heading + astToString(await openapiTS(document));
}
