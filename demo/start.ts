import '../core/runtime-check.ts';
import { readLogLevel } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { startDemo } from './start-demo.ts';

/** `npm start`. */
await runMain(async () => {
  const { town, portalUrl, close } = await startDemo(process.env, processLog(readLogLevel(process.env)));
  if (portalUrl !== null) console.log(`portal ${portalUrl}/`);
  console.log(`ready ${town.graphqlUrl} pid ${town.pid}`);
  return { close };
});
