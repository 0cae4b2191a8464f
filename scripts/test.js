/** All tests, in the order in which they fail fastest. */
import { steps } from './run.js';

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

await steps([
  ['services for the tests', 'sh', ['scripts/install-test-services.sh']],
  ['build', 'npm', ['run', '--silent', 'build']],
  ['format, lint, types, boundaries', 'node', ['scripts/check.js']],
  [
    ['unit, contracts, HTTP', process.execPath, [...jest, '--selectProjects', 'server', '--maxWorkers', '2']],
    // Minutes of waiting, which cost next to nothing beside the rest.
    ['journeys that take patience', process.execPath, [...jest, '--selectProjects', 'patience', '--runInBand']],
  ],
  ['faults and journeys', process.execPath, [...jest, '--selectProjects', 'faults', 'journeys', '--runInBand']],
]);
