import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { projections } from '../../src/app.module.js';

const known = JSON.parse(readFileSync('tests/architecture/list-versions.json', 'utf8')) as Record<string, string>;

/** Two programs that mean other columns by one version break each other's queries, and neither start notices. */
it('a list whose columns change gets another version, so that older rows are left to older programs', () => {
  const now = projections.map(({ name, ddl }) => [name, hash('sha256', ddl.replace(/\s+/g, ' ').trim())]);
  expect(Object.fromEntries(now)).toEqual(known);
});
