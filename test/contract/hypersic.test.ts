import { openLegacy } from '../../legacy/open-legacy.ts';
import { legacyTown } from '../support/databases.ts';
import { describeLegacy } from './describe-legacy.ts';

describeLegacy('hyperSIC', async () => {
  const statements: string[] = [];
  const observe = (name: string) => void statements.push(name);
  return { legacy: openLegacy({ vendor: 'hypersic', url: await legacyTown(), observe }), statements };
});
