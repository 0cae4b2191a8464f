/** Writes the settings' table and `.env.example` from the settings themselves. Run it after adding a setting (needs a build). */
import { readFile, writeFile } from 'node:fs/promises';
import { exampleEnvironment, settingsTable } from '../dist/src/platform/config/describe.js';

const page = 'docs/configuration.md';
const [begin, end] = ['<!-- settings -->', '<!-- end of settings -->'];
const text = await readFile(page, 'utf8');
const before = text.slice(0, text.indexOf(begin) + begin.length);
const after = text.slice(text.indexOf(end));
await writeFile(page, `${before}\n\n${settingsTable()}\n\n${after}`);
await writeFile('.env.example', exampleEnvironment());
