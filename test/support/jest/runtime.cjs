require('reflect-metadata');
const { pathToFileURL } = require('node:url');

// Jest's own runtime evaluates every module anew for each test file, in a realm of its own: that took a third of the
// suite's processor time, and no function ever became warm. This one lets Node.js load modules, so that a worker loads
// each once. The price: what a module of the product keeps in its variables is shared by the test files of a worker.

/** What jest-runner and jest-circus ask of a runtime (jest-runtime 30). Mocks of modules are not part of it. */
module.exports = class SharedRuntime {
  #environment;
  #config;

  constructor(config, environment) {
    this.#config = config;
    this.#environment = environment;
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    globalThis.testFile = (globalThis.testFile ?? 0) + 1;
    await import(`${pathToFileURL(path).href}?${globalThis.testFile}`);
  }

  /** jest-circus: its state belongs to one test file. */
  requireInternalModule(path) {
    delete require.cache[path];
    return require(path);
  }

  requireModule(path) {
    return require(path);
  }

  /** `it`, `expect` and the others: globals.mjs exports them. */
  setGlobalsForRuntime(globals) {
    globalThis.jestGlobals = { ...globals, jest: this.#jestObject() };
  }

  #jestObject() {
    const { moduleMocker, fakeTimersModern } = this.#environment;
    const jest = {
      fn: moduleMocker.fn.bind(moduleMocker),
      spyOn: moduleMocker.spyOn.bind(moduleMocker),
      restoreAllMocks: () => moduleMocker.restoreAllMocks(),
      useFakeTimers: (options) => fakeTimersModern.useFakeTimers(options),
      useRealTimers: () => fakeTimersModern.useRealTimers(),
      setTimeout: (milliseconds) => {
        globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = milliseconds;
      },
    };
    for (const name of ['advanceTimersByTime', 'advanceTimersByTimeAsync', 'setSystemTime', 'getTimerCount'])
      jest[name] = fakeTimersModern[name].bind(fakeTimersModern);
    return jest;
  }

  getSourceMaps() {
    return globalThis.typescriptSourceMaps;
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
};
