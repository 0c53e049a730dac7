import type { SupergraphCase } from '../supergraph.ts';
import { abstractTypes } from './abstract-types.ts';
import { interfaceObjects } from './interface-objects.ts';
import { keys } from './keys.ts';
import { ownership } from './ownership.ts';
import { provides } from './provides.ts';
import { requires } from './requires.ts';
import { roots } from './roots.ts';

export const supergraphs: readonly SupergraphCase[] = [
  ...keys,
  ...abstractTypes,
  ...interfaceObjects,
  ...provides,
  ...requires,
  ...ownership,
  ...roots,
];
