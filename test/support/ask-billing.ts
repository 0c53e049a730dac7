import type { Caller } from '../../core/identity/caller.ts';
import { createId } from '../../core/ids.ts';
import { createSchoolBillingSubgraph } from '../../subgraphs/school-billing/index.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph/create-subgraph.ts';
import { askSubgraph, type FakeLegacy } from './ask-subgraph.ts';
import { claudia } from './people.ts';

export const luca = createId('Child', '1');
export const theInvoice = createId('Invoice', 2020, 684);

/** All that one invoice holds. */
export const wholeInvoice =
  'id year number issuedOn period { from to label } child { id } holderName holderCodiceFiscale amount paid outstanding supportingBank lines { amount } instalments { id number outstanding status messaARuolo iuv dueOn invoice { id } } attachments { id kind description document { fileName } }';

let built: Promise<Subgraph> | undefined;
export function billingSubgraph(): Promise<Subgraph> {
  built ??= createSchoolBillingSubgraph();
  return built;
}

export async function ask(
  query: string,
  legacy: FakeLegacy,
  variables: Record<string, unknown> = {},
  as: Caller = claudia,
) {
  const { schema } = await billingSubgraph();
  return askSubgraph(schema, query, as, legacy, variables);
}

/** What the gateway asks of entities that another subgraph pointed to. */
export function askEntities(
  selection: string,
  legacy: FakeLegacy,
  of: readonly { readonly __typename: string; readonly id: string }[],
  as: Caller = claudia,
) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ${selection} } }`;
  return ask(query, legacy, { of }, as);
}

export function askChildren(
  ids: readonly string[],
  selection: string,
  legacy: FakeLegacy,
  as: Caller = claudia,
) {
  const of = ids.map((id) => ({ __typename: 'Child', id }));
  return askEntities(`... on Child { ${selection} }`, legacy, of, as);
}

export function askCitizen(selection: string, legacy: FakeLegacy) {
  const of = [{ __typename: 'Citizen', id: claudia.id }];
  return askEntities(`... on Citizen { ${selection} }`, legacy, of);
}
