/**
 * The portal's own pages for the cards and entries of the town's menu, by their titles. What is not here goes where
 * the menu says.
 */
const places: Readonly<Record<string, string>> = {
  pratiche: '/pratiche',
  'apertura pratiche': '/pratiche/apertura',
  'consultazione pratiche': '/pratiche/mie',
  'consultazione protocolli': '/pratiche/protocolli',
  'servizi scolastici': '/servizi-scolastici',
  'scheda anagrafica': '/servizi-scolastici/scheda',
  'documenti contabili': '/servizi-scolastici/documenti',
  'pagamento servizi scolastici': '/servizi-scolastici/pagamento',
  'pagamenti online': '/pagamenti',
};

export interface Place {
  readonly to: string;
  readonly isExternal: boolean;
}

/** Null for an entry that has neither a page here nor an address. */
export function placeOf(entry: { readonly title: string; readonly url: string | null }): Place | null {
  const own = places[entry.title.trim().toLowerCase()];
  if (own !== undefined) return { to: own, isExternal: false };
  return entry.url === null ? null : { to: entry.url, isExternal: true };
}
