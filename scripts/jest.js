/** Jest, and what Node has to be told for it: `npm run jest -- [paths] --selectProjects server`. */
import { run } from './run.js';

export const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--conditions=source',
  '--import',
  './tests/support/typescript.mjs',
  '--import',
  './tests/support/early-worker-data.mjs',
  'node_modules/jest/bin/jest.js',
];

if (import.meta.main) process.exit(await run(process.execPath, [...jest, ...process.argv.slice(2)]));
