/** What CI runs first: format, lint, types, boundaries. What has not changed since the last time is not looked at again. */
import { steps } from './run.js';

const frontend = { cwd: 'frontend' };

await steps([
  [
    ['format', 'prettier', ['--check', '--log-level', 'warn', '--cache', '.']],
    ['lint', 'eslint', ['--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.']],
  ],
  // Kept by SvelteKit beside the pages; of an older checkout they know nothing of the routes that came since.
  ['types of the routes', 'svelte-kit', ['sync'], frontend],
  [
    ['types', 'tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/tsbuildinfo']],
    [
      'types of the pages',
      'svelte-check',
      ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'],
      frontend,
    ],
  ],
  [
    'boundaries',
    'depcruise',
    [
      'src',
      'modules',
      'frontend/src',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      '--cache',
      'node_modules/.cache/depcruise',
    ],
  ],
]);
