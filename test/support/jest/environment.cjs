const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

// The realm of the worker itself, so that runtime.cjs can share modules between test files. What a test file changes
// in the process is put back after it.
module.exports = class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  #exit = process.exit;
  #variables = { ...process.env };

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  // Jest asks whether it is there, and calls it only for modules that its own runtime loads.
  getVmContext() {
    return null;
  }

  async setup() {
    // jest-circus keeps handlers of events here: those of the last test file.
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
  }

  async teardown() {
    this.fakeTimersModern.useRealTimers();
    this.moduleMocker.restoreAllMocks();
    process.exit = this.#exit;
    delete globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')];
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
  }
};
