import type { MachineCaller } from '../../../core/identity/caller.ts';
import type { RequestContext } from '../../shared/request-context.ts';

/** The program that asks; null for a person. Whether it has the scope was checked by its rule. */
export function machineOf({ caller }: Pick<RequestContext, 'caller'>): MachineCaller | null {
  return caller.kind === 'machine' ? caller : null;
}
