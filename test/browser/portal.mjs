// `npm run test:browser`: the portal of the running demo in a real browser. Names of tests as arguments run those alone.
// A run of all tests that comes to its end writes docs/conformity.md; any other run leaves it as it is.
import { withBrowser } from './browser.mjs';
import { badInputTests } from './portal/bad-input.mjs';
import { conformityTests } from './portal/conformity.mjs';
import { keyboardTests } from './portal/keyboard.mjs';
import { lighthouseTests } from './portal/lighthouse.mjs';
import { pageTests } from './portal/pages.mjs';
import { practiceTests } from './portal/practices.mjs';
import { evidenceIn, writeReport } from './portal/report.mjs';
import { schoolTests } from './portal/school.mjs';
import { sharingTests } from './portal/sharing.mjs';

const wanted = process.argv.slice(2);
const all = [
  ...practiceTests,
  ...schoolTests,
  ...sharingTests,
  ...conformityTests,
  ...badInputTests,
  ...keyboardTests,
  ...pageTests,
  ...lighthouseTests,
];
const tests = all.filter(
  ({ name, criterion }) =>
    wanted.length === 0 || wanted.some((text) => text === criterion || name.includes(text)),
);
const results = [];
// What is filed stays as it is while the tests look at it.
const officeDecidesLater = { DEMO_HYPERSIC_DECIDE_MS: '3600000' };

let isCutShort = false;
let hasEnded = false;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    isCutShort = true;
  });

await withBrowser(async (town) => {
  const evidence = await evidenceIn(town.dataDir);
  town.browser.once('disconnected', () => {
    // Its own close, at the end, is no accident.
    if (!hasEnded) isCutShort = true;
  });
  for (const { name, criterion, run } of tests) {
    if (isCutShort) break;
    const startedAt = Date.now();
    let isMet = true;
    let figures;
    try {
      figures = await run(town, (page) =>
        criterion === undefined ? undefined : evidence.keep(criterion, page),
      );
    } catch (error) {
      isMet = false;
      console.error(error.stack);
    }
    console.log(`${isMet ? '✓' : '✕'} ${criterion ?? ''} ${name} (${Date.now() - startedAt} ms)`);
    results.push({ name, criterion, isMet, figures });
  }
  hasEnded = true;
  const isWhole = !isCutShort && results.length === all.length;
  if (isWhole) {
    await writeReport(results.filter(({ criterion }) => criterion !== undefined));
    await evidence.publish();
  } else console.log('Not a run of all tests to its end: docs/conformity.md stays as it is.');
}, officeDecidesLater);
const failed = results.filter(({ isMet }) => !isMet).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && !isCutShort ? 0 : 1;
