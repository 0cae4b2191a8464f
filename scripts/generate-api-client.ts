/**
 * Writes the types of the front end's API client from our OpenAPI document:
 *   node scripts/generate-api-client.ts http://localhost:3000/api/openapi.json
 * A file's path does as well. `tests/agent-ui/api-client.spec.ts` fails while what is written is not what the API says.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { typesOf } from './api-client-types.ts';

const target = fileURLToPath(new URL('../frontend/src/lib/api/schema.d.ts', import.meta.url));

const source = process.argv[2];
if (!source) {
  process.stderr.write('Say where the OpenAPI document is: an address, or the path of a file.\n');
  process.exit(1);
}
const text = /^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, 'utf8');
await writeFile(target, await typesOf(JSON.parse(text)));
