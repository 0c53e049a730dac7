// `npm run test:browser`: one part after the other, each to its end, whatever became of those before it.
import { spawnSync } from 'node:child_process';

const failed = ['graphiql', 'checkout', 'sign-in', 'portal', 'parts-down'].filter((name) => {
  console.log(`\n${name}`);
  return spawnSync(process.execPath, [`test/browser/${name}.mjs`], { stdio: 'inherit' }).status !== 0;
});
console.log(failed.length === 0 ? '\nEvery part passed.' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
