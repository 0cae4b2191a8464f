/** Writes the settings' table and `.env.example` from the settings themselves. Run it after adding a setting (needs a build). */
import { readFile, writeFile } from 'node:fs/promises';
import { exampleEnvironment, settingsTable } from '../dist/src/platform/config/describe.js';

const page = 'docs/configuration.md';
const text = await readFile(page, 'utf8');
const [before, , after] = text.split(/(?<=<!-- settings -->\n)|(?=<!-- end of settings -->)/);
await writeFile(page, `${before}\n${settingsTable()}\n\n${after}`);
await writeFile('.env.example', exampleEnvironment());
