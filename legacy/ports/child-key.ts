import type { Brand } from '../../core/values/index.ts';

/** The legacy system's key of a child. Never shown as it is: the ids of the graph wrap it. */
export type ChildKey = Brand<string, 'ChildKey'>;
