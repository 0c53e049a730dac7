import { readFile } from 'node:fs/promises';
import type { Caller } from '../ground/callers.ts';
import { projectFolder } from '../product.ts';

/** One request as it goes over the wire. */
export interface Request {
  readonly authorization: string | null;
  readonly body: string;
}

export interface Operation {
  readonly name: string;
  readonly title: string;
  /** Requests that differ in caller or variables from one to the next, so that nothing wins by merging equals. */
  requests(callers: readonly Caller[]): readonly Request[];
}

/** What stands for a number in a document that nobody has sent before. */
export const nonce = '__NONCE__';

/** What is measured. */
export async function readOperations(): Promise<readonly Operation[]> {
  const read = (path: string) => readFile(`${projectFolder}${path}`, 'utf8');
  const [flagship, invoicePage, kinds] = await Promise.all([
    read('gateway/flagship.graphql'),
    read('bench/operations/invoice-page.graphql'),
    read('bench/operations/kinds.graphql'),
  ]);
  // One field more, under a name of its own: next to no work, and a document that no cache holds.
  const unseen = invoicePage.replace('          id\n', `          id\n          id_${nonce}: id\n`);
  return [
    operation('flagship', 'the flagship: a family with everything', 'Flagship', flagship, (turn) => ({
      invoices: 20 + (turn % 31),
    })),
    operation('invoice-page', 'a page of 20 invoices', 'InvoicePage', invoicePage, () => ({ first: 20 }), {
      isWanted: ({ children }) => children >= 2,
    }),
    operation('kinds', 'a small public query', 'Kinds', kinds, (turn) => ({ first: 1 + (turn % 20) }), {
      isPublic: true,
    }),
    operation(
      'unseen',
      'the page by a query never seen before',
      'InvoicePage',
      unseen,
      () => ({ first: 20 }),
      {
        isWanted: ({ children }) => children >= 2,
      },
    ),
  ];
}

function operation(
  name: string,
  title: string,
  operationName: string,
  query: string,
  variablesOf: (turn: number) => Readonly<Record<string, unknown>>,
  {
    isPublic = false,
    isWanted = () => true,
  }: { isPublic?: boolean; isWanted?: (caller: Caller) => boolean } = {},
): Operation {
  return {
    name,
    title,
    requests: (callers) =>
      callers.filter(isWanted).map(({ authorization }, turn) => ({
        authorization: isPublic ? null : authorization,
        body: JSON.stringify({ operationName, query, variables: variablesOf(turn) }),
      })),
  };
}
