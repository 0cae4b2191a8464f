/** All tests, in the order in which they fail fastest. */
import { steps } from './run.js';

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--conditions=source',
  '--import',
  './tests/support/typescript.mjs',
  'node_modules/jest/bin/jest.js',
];

await steps([
  ['services for the tests', 'sh', ['scripts/install-test-services.sh']],
  ['build', 'npm', ['run', '--silent', 'build']],
  ['format, lint, types, boundaries', 'node', ['scripts/check.js']],
  [
    [
      'server and faults',
      process.execPath,
      [...jest, '--selectProjects', 'server', 'pages', 'faults', '--maxWorkers', '3'],
      // Three on two processors, since each waits for its servers now and then; all step back behind what keeps time.
      { niceness: 5 },
    ],
    // Minutes of waiting, which cost next to nothing beside the rest.
    ['journeys that take patience', process.execPath, [...jest, '--selectProjects', 'patience', '--runInBand']],
  ],
  ['journeys', process.execPath, [...jest, '--selectProjects', 'journeys', '--runInBand']],
]);
