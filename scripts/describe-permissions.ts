/**
 * Writes who may do what into docs/api.md, from the declared table and our OpenAPI document:
 *   node --conditions=source scripts/describe-permissions.ts http://localhost:3000/api/openapi.json
 * A file's path does as well. `tests/http/permission-matrix.spec.ts` fails while what is written is not what holds.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { permissionTables } from './permission-tables.ts';

const page = 'docs/api.md';
const [begin, end] = ['<!-- permissions -->', '<!-- end of permissions -->'];

const source = process.argv[2];
if (!source) {
  process.stderr.write('Say where the OpenAPI document is: an address, or the path of a file.\n');
  process.exit(1);
}
const document = /^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, 'utf8');
const text = await readFile(page, 'utf8');
const before = text.slice(0, text.indexOf(begin) + begin.length);
const after = text.slice(text.indexOf(end));
const written = `${before}\n\n${permissionTables(JSON.parse(document))}\n\n${after}`;
await writeFile(page, await format(written, { parser: 'markdown', printWidth: 120 }));
