/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // The sources too, so that --findRelatedTests and --onlyChanged know what imports what.
  roots: ['core', 'legacy', 'subgraphs', 'gateway', 'commands', 'demo', 'test'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2024',
        },
        module: { type: 'es6' },
      },
    ],
  },
  // Generous: several suites often share one machine, and a hang is found all the same.
  testTimeout: 60_000,
  // One more than the two cores of most machines: tests also wait for Postgres, HTTP and processes of their own.
  maxWorkers: 3,
};
