/**
 * Writes what docs/api.md says of codes, limits, lifetimes and lists from the code and its OpenAPI document:
 *   node scripts/describe-api.ts http://localhost:3000/api/openapi.json
 * A file's path does as well. `tests/api/clients.spec.ts` fails while the page says something else.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { type ApiDocument, partsOfApiPage, placeOf } from './api-page.ts';

const PAGE = 'docs/api.md';
const source = process.argv[2];
if (!source) {
  process.stderr.write('Say where the OpenAPI document is: an address, or the path of a file.\n');
  process.exit(1);
}
const text = /^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, 'utf8');
let page = await readFile(PAGE, 'utf8');
for (const [part, written] of Object.entries(await partsOfApiPage(JSON.parse(text) as ApiDocument))) {
  const { start, end } = placeOf(page, part);
  page = `${page.slice(0, start)}\n\n${written}\n\n${page.slice(end)}`;
}
await writeFile(PAGE, await format(page, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
