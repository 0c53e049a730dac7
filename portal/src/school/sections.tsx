import { Link } from 'react-router';

/** The three places of the guide's page: search, list, and the document chosen. */
export function InvoiceSections({ current }: { readonly current: 'elenco' | 'dettaglio' }) {
  const isList = current === 'elenco';
  return (
    <nav className="portal-sections" aria-label="Storico documenti contabili">
      <ul>
        <li>
          <Link to="/servizi-scolastici/documenti#ricerca">Ricerca</Link>
        </li>
        <li>
          <Link to="/servizi-scolastici/documenti" aria-current={isList ? 'page' : undefined}>
            Elenco
          </Link>
        </li>
        <li>
          {isList ? <span aria-disabled="true">Dettaglio</span> : <span aria-current="page">Dettaglio</span>}
        </li>
      </ul>
    </nav>
  );
}
