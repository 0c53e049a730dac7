/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // The sources too, so that --findRelatedTests and --onlyChanged know what imports what.
  roots: ['core', 'legacy', 'subgraphs', 'gateway', 'commands', 'demo', 'test'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: ['**/*.test.ts'],
  // Node.js loads the modules, and test/support/typescript-hooks.mjs compiles them.
  transform: {},
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  // Generous: several suites often share one machine, and a hang is found all the same.
  testTimeout: 60_000,
  // One more than the two cores of most machines: tests also wait for Postgres, HTTP and processes of their own.
  maxWorkers: 3,
};
