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
export default {
  // Far more than any of them takes by itself: what shares the machine must not decide.
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'server',
      testMatch: ['<rootDir>/tests/**/*.spec.ts'],
      testPathIgnorePatterns: ['/tests/journeys/', '/tests/patience/', '/tests/faults/'],
    },
    { ...common, displayName: 'faults', testMatch: ['<rootDir>/tests/faults/**/*.spec.ts'] },
    { ...common, displayName: 'patience', testMatch: ['<rootDir>/tests/patience/**/*.spec.ts'] },
    { ...common, displayName: 'journeys', testMatch: ['<rootDir>/tests/journeys/**/*.spec.ts'] },
  ],
};
