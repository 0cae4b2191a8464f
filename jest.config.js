/** Server-side suites; the browser journeys have their own project, run last and one at a time. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/tests/support/start-postgres.mjs',
  globalTeardown: '<rootDir>/tests/support/stop-postgres.mjs',
};
/** Node loads their modules as it does the product's; see docs/decisions/032-test-runner.md. */
const native = {
  ...common,
  runner: 'jest-light-runner/child-process',
  transform: {},
  setupFilesAfterEnv: ['<rootDir>/tests/support/test-deadlines.mjs'],
};
export default {
  // Far more than any of them takes by itself: what shares the machine must not decide.
  testTimeout: 60_000,
  // Three on two processors, since each waits for its servers now and then.
  maxWorkers: 3,
  projects: [
    {
      ...native,
      displayName: 'server',
      testMatch: ['<rootDir>/tests/**/*.spec.ts'],
      testPathIgnorePatterns: ['journeys', 'patience', 'faults', 'agent-ui', 'frontend'].map(
        (room) => `/tests/${room}/`,
      ),
    },
    // What stands in for a browser's page must not outlast its file: these have Jest's own loader, which isolates them.
    { ...common, displayName: 'pages', testMatch: ['<rootDir>/tests/{agent-ui,frontend}/**/*.spec.ts'] },
    { ...native, displayName: 'faults', testMatch: ['<rootDir>/tests/faults/**/*.spec.ts'] },
    { ...common, displayName: 'patience', testMatch: ['<rootDir>/tests/patience/**/*.spec.ts'] },
    { ...common, displayName: 'journeys', testMatch: ['<rootDir>/tests/journeys/**/*.spec.ts'] },
  ],
};
