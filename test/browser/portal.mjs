// `npm run test:browser`: the portal of the running demo in a real browser.
import { withBrowser } from './browser.mjs';
import { practiceTests } from './portal/practices.mjs';
import { schoolTests } from './portal/school.mjs';

const tests = [...practiceTests, ...schoolTests];
let failed = 0;

await withBrowser(async (town) => {
  for (const { name, run } of tests) {
    const startedAt = Date.now();
    try {
      await run(town);
      console.log(`✓ ${name} (${Date.now() - startedAt} ms)`);
    } catch (error) {
      failed += 1;
      console.error(`✕ ${name}\n${error.stack}`);
    }
  }
});
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
