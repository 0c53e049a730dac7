import { keepIncomplete } from '../../core/unreadable.ts';
import type {
  InstalmentRecord,
  InvoiceAttachmentRecord,
  InvoiceKey,
  InvoiceLineRecord,
  SchoolBillingPort,
} from '../../legacy/ports/school-billing.port.ts';
import type { Viewer } from '../../legacy/ports/viewer.ts';
import { billingScopes } from '../shared/entitlement.ts';
import { defineLoader, defineOnce } from '../shared/loader.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { askAsViewer, type LoadBasis } from './ask-as-viewer.ts';

export const instalmentsOf = defineParts<InstalmentRecord>(async (port, viewer, invoices, basis) =>
  port.instalmentsByInvoice(viewer, invoices, await basis()),
);

export const linesOf = defineParts<InvoiceLineRecord>((port, viewer, invoices) =>
  port.linesByInvoice(viewer, invoices),
);

export const attachmentsOf = defineParts<InvoiceAttachmentRecord>((port, viewer, invoices) =>
  port.attachmentsByInvoice(viewer, invoices),
);

/** An invoice and the invoices found with it; their parts are loaded together. */
export interface AmongSiblings {
  readonly key: InvoiceKey;
  /** Includes the invoice itself; all invoices of a page share one list. */
  readonly siblings: readonly InvoiceKey[];
}

/** Loads an invoice's parts and converts each by `to`. */
type PartsOf<Part> = <Shape extends object>(
  context: RequestContext,
  invoice: AmongSiblings,
  to: (parts: readonly Part[]) => Shape,
) => Promise<Shape>;

/** Most keys of one statement. */
const maxStatementsTogether = 1_000;

/**
 * Lists that belong to invoices. Finding the invoices was audited already.
 *
 * Loaded by page and not by invoice: a page of a hundred invoices is one query instead of a hundred promises.
 */
function defineParts<Part>(
  ask: (
    port: SchoolBillingPort,
    viewer: Viewer,
    invoices: readonly InvoiceKey[],
    basis: LoadBasis,
  ) => Promise<readonly (readonly Part[])[]>,
): PartsOf<Part> {
  type Parts = ReadonlyMap<string, readonly Part[]>;
  const askSome = (context: RequestContext, invoices: readonly InvoiceKey[]) =>
    askAsViewer(
      context,
      billingScopes,
      (port, viewer, basis) => ask(port, viewer, invoices, basis),
      invoices.map(() => []),
    );
  const loader = defineLoader<readonly InvoiceKey[], Parts>(
    async (context, pages) => {
      const invoices = [...new Map(pages.flat().map((key) => [textOf(key), key])).values()];
      const found = new Map<string, readonly Part[]>();
      for (let start = 0; start < invoices.length; start += maxStatementsTogether) {
        const some = invoices.slice(start, start + maxStatementsTogether);
        const parts = await askSome(context, some);
        some.forEach((key, position) => {
          found.set(textOf(key), parts[position] ?? []);
        });
      }
      return pages.map(() => found);
    },
    (page) => page.map(textOf).join(),
  );
  const asked = defineOnce(() => new WeakMap<readonly InvoiceKey[], Promise<Parts>>());
  return (context, { key, siblings }, to) => {
    const pages = asked(context);
    let coming = pages.get(siblings);
    if (coming === undefined) {
      coming = loader(context).load(siblings);
      pages.set(siblings, coming);
    }
    return coming.then((found) => {
      const parts = found.get(textOf(key)) ?? [];
      return keepIncomplete(parts, to(parts));
    });
  };
}

function textOf({ year, number }: InvoiceKey): string {
  return `${year}/${number}`;
}
