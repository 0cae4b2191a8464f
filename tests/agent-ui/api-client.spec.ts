import { readFile } from 'node:fs/promises';
import { typesOf } from '../../scripts/api-client-types.js';
import { WholeApp } from '../support/whole-app.js';

let app: WholeApp;
beforeAll(async () => void (app = await WholeApp.start()), 90_000);
afterAll(() => app?.stop());

it('speaks the API as its OpenAPI document describes it (if not: scripts/generate-api-client.ts)', async () => {
  const document = await (await fetch(`${app.url}/api/openapi.json`)).json();
  const written = await readFile('frontend/src/lib/api/schema.d.ts', 'utf8');
  expect(await typesOf(document)).toBe(written);
});
