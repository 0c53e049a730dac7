import { readFile } from 'node:fs/promises';
import { projectFolder } from '../product.ts';
import type { Caller } from '../town/callers.ts';

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
  /** Statements on our own database that undo what the operation wrote: it is measured from the same start each time. */
  readonly undo: readonly string[];
}

/** What stands for a number in a document that nobody has sent before. */
export const nonce = '__NONCE__';

/** What is measured. `templateId`: of an application that may be started today. */
export async function readOperations(templateId: string): Promise<readonly Operation[]> {
  const read = (path: string) => readFile(`${projectFolder}${path}`, 'utf8');
  const [flagship, invoicePage, kinds, startPractice] = await Promise.all([
    read('gateway/flagship.graphql'),
    read('bench/operations/invoice-page.graphql'),
    read('bench/operations/kinds.graphql'),
    read('bench/operations/start-practice.graphql'),
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
    operation(
      'start-practice',
      'a mutation: an application is started',
      'StartPractice',
      startPractice,
      (_, { childKey }) => ({ template: templateId, child: idOf(`Child:${childKey}`) }),
      { undo: ['TRUNCATE practice CASCADE'] },
    ),
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

/** As the product spells ids. */
const idOf = (text: string) => Buffer.from(text).toString('base64url');

function operation(
  name: string,
  title: string,
  operationName: string,
  query: string,
  variablesOf: (turn: number, caller: Caller) => Readonly<Record<string, unknown>>,
  {
    isPublic = false,
    isWanted = () => true,
    undo = [],
  }: { isPublic?: boolean; isWanted?: (caller: Caller) => boolean; undo?: readonly string[] } = {},
): Operation {
  return {
    name,
    title,
    undo,
    requests: (callers) =>
      callers.filter(isWanted).map((caller, turn) => ({
        authorization: isPublic ? null : caller.authorization,
        body: JSON.stringify({ operationName, query, variables: variablesOf(turn, caller) }),
      })),
  };
}
