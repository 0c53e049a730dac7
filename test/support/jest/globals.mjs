// `@jest/globals` of one test file, and of the modules under test/ that are evaluated for it.
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } =
  globalThis.jestGlobals;
