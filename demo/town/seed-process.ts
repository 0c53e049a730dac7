import { once } from 'node:events';
import { systemClock } from '../../core/clock.ts';
import { seedLegacy } from './seed.ts';
import type { SeedOrder } from './seed-apart.ts';
import { seedOwnTown } from './seed-own-town.ts';

const [order] = (await once(process, 'message')) as [SeedOrder];
await seedLegacy(order.legacyUrl, systemClock);
await seedOwnTown(order.ownUrl, systemClock);
process.disconnect();
