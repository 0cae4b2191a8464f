/** What CI runs first: format, lint, types, boundaries. */
import { steps } from './run.js';

const frontend = { cwd: 'frontend' };

await steps([
  [
    ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
    ['lint', 'eslint', ['--max-warnings', '0', '.']],
  ],
  [
    ['types', 'tsc', ['--noEmit']],
    [
      'types of the pages',
      'svelte-check',
      ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'],
      frontend,
    ],
  ],
  ['boundaries', 'depcruise', ['src', 'modules', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
]);
