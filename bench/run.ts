/**
 * `npm run bench` measures everything; `npm run bench -- NAME…` some. Prints a table and keeps the figures in
 * bench/results.json. Ratios are of two things measured in turns in the same run, so they mean something on any machine.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { BARS, meetsBar } from './bars.js';
import type { Entries } from './entry.js';
import { SUITES } from './suites.js';

const RESULTS = 'bench/results.json';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BARS));
if (unknown.length)
  throw new Error(`There is no metric ${unknown.join(', ')}. There are: ${Object.keys(BARS).join(', ')}`);

const measured: Entries = {};
for (const suite of SUITES.filter(({ names }) => !asked.length || names.some((name) => asked.includes(name)))) {
  console.log(`… ${suite.names.join(', ')}`);
  try {
    Object.assign(measured, await suite.run());
    await keep(measured);
  } catch (error) {
    console.error(`${suite.names.join(', ')}: could not be measured.`, error);
    process.exitCode = 1;
  }
}

/** After every suite, so that a later one's failure takes nothing away. */
async function keep(entries: Entries): Promise<void> {
  const before = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{}')) as Entries;
  const all: Entries = { ...before, ...entries };
  const names = Object.keys(BARS).filter((name) => name in all);
  const ordered = Object.fromEntries(names.map((name) => [name, all[name]]));
  await writeFile(RESULTS, `${JSON.stringify(ordered, null, 2)}\n`);
}

const shown = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : Number(value.toPrecision(4)).toString();
const rows = Object.entries(measured).map(([name, entry]) => ({
  name,
  value: `${shown(entry.value)} ${entry.unit}`,
  reference: shown(entry.reference),
  ratio: shown(entry.ratio),
  bar: BARS[name]?.says ?? '',
  '': meetsBar(name, entry) ? '✓' : '✗',
}));
console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
