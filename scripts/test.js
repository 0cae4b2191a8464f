/** All tests, in the order in which they fail fastest. */
import { jest } from './jest.js';
import { steps } from './run.js';

/** Twice what any of them takes on a busy machine: what hangs is to be red in time for somebody to see it. */
const TIMELY = { timeout: 40 * 60_000 };

await steps([
  ['services for the tests', 'sh', ['scripts/install-test-services.sh']],
  ['build', 'npm', ['run', '--silent', 'build']],
  ['format, lint, types, boundaries', 'node', ['scripts/check.js']],
  [
    [
      'server and faults',
      process.execPath,
      [...jest, '--selectProjects', 'server', 'pages', 'faults'],
      // They step back behind what keeps time.
      { ...TIMELY, niceness: 5 },
    ],
    // Minutes of waiting, which cost next to nothing beside the rest.
    ['journeys that take patience', process.execPath, [...jest, '--selectProjects', 'patience', '--runInBand'], TIMELY],
  ],
  ['journeys', process.execPath, [...jest, '--selectProjects', 'journeys', '--runInBand'], TIMELY],
]);
