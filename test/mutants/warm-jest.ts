import { pathToFileURL } from 'node:url';
import { readConfig } from 'jest-config';
import JestRunner from 'jest-runner';
import JestRuntime from 'jest-runtime';

// A process that runs one test file at a time, as messages ask for it. Starting Jest for each takes longer than most
// tests, and a mutant that loops for ever can be ended with the process.

// Their types are those of their CommonJS modules.
const TestRunner = JestRunner as unknown as typeof JestRunner.default;
const Runtime = JestRuntime as unknown as typeof JestRuntime.default;

const { globalConfig, projectConfig } = await readConfig(
  { _: [], $0: '', silent: true, runInBand: true, watchman: false },
  process.cwd(),
);
const context = await Runtime.createContext(projectConfig, { maxWorkers: 1, watch: false, watchman: false });

// The sources change between two runs; libraries stay, except for what they know of the sources' classes.
const shared = globalThis as Record<string, unknown>;
shared.reloadedFolder = pathToFileURL(`${process.cwd()}/`).href;

process.on('message', async (path: string) => {
  delete shared.TypeGraphQLMetadataStorage;
  delete shared.typeormMetadataArgsStorage;
  const runner = new TestRunner(globalConfig, {});
  let passed = false;
  runner.on('test-file-success', ([, { numFailingTests, testExecError }]) => {
    passed = numFailingTests === 0 && testExecError === undefined;
  });
  try {
    const watcher = { isInterrupted: () => false } as Parameters<typeof runner.runTests>[1];
    await runner.runTests([{ context, path }], watcher, { serial: true });
  } catch {
    passed = false;
  }
  process.send?.(passed);
});
// Late errors of a broken program must not end the process: its test has passed or failed by then.
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
process.send?.('ready');
