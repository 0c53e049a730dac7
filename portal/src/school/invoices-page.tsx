import { Link, useSearchParams } from 'react-router';
import { PortalInstalments, type PortalInstalmentsQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { euro, fullName, shortDay } from '../ui/formats.ts';
import { Icon } from '../ui/icon.tsx';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { Missing, QueryState } from '../ui/query-state.tsx';
import { usePages } from '../ui/use-pages.ts';
import { accessText, instalmentLabels } from './labels.ts';
import { SearchForm } from './search-form.tsx';
import { InvoiceSections } from './sections.tsx';

type Citizen = NonNullable<PortalInstalmentsQuery['me']>;
type Instalment = NonNullable<Citizen['instalments']>['edges'][number]['node'];

/** Storico documenti contabili: what is searched for is in the address, so that it can be kept and sent. */
export function InvoicesPage() {
  const [params, setParams] = useSearchParams();
  const pages = usePages();
  const child = params.get('figlio') ?? '';
  const [issuedFrom, issuedTo] = [params.get('dal') || null, params.get('al') || null];
  const query = usePageQuery(PortalInstalments, {
    childIds: child === '' ? null : [child],
    filter: { issuedFrom, issuedTo },
    after: pages.after,
  });
  const search = (next: URLSearchParams) => {
    pages.first();
    setParams(next);
  };
  const citizen = query.data?.me;
  return (
    <Page {...heads.invoices}>
      <InvoiceSections current="elenco" />
      <SearchForm params={params} people={citizen?.children ?? []} onSearch={search} />
      <QueryState query={query}>
        {citizen === null || citizen === undefined ? null : (
          <>
            <WhyEmpty citizen={citizen} child={child} />
            <Results
              citizen={citizen}
              missing={query.missing('me.instalments')}
              reload={query.reload}
              pages={pages}
            />
            <ListFiles citizen={citizen} child={child} reload={query.reload} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

/** School data belong to the parent who applied: whoever sees nothing reads why. */
function WhyEmpty({ citizen, child }: { readonly citizen: Citizen; readonly child: string }) {
  const shown = (citizen.children ?? []).filter(({ id }) => child === '' || id === child);
  const reasons = shown
    .map((one) => [one.id, accessText(one.schoolAccess, fullName(one))] as const)
    .filter(([, text]) => text !== null);
  if (reasons.length === 0) return null;
  return (
    <Alert
      kind="info"
      title={
        shown.every(({ schoolAccess }) => schoolAccess === 'SHARED' || schoolAccess === 'APPLICANT')
          ? 'Dati condivisi con te'
          : 'Perché alcuni elenchi sono vuoti'
      }
    >
      {reasons.map(([id, text]) => (
        <p key={id}>{text}</p>
      ))}
    </Alert>
  );
}

function Results(props: {
  readonly citizen: Citizen;
  readonly missing: string | null;
  readonly pages: ReturnType<typeof usePages>;
  reload(): void;
}) {
  const found = props.citizen.instalments;
  if (found === null)
    return <Missing what="L’elenco dei documenti contabili" reason={props.missing} onRetry={props.reload} />;
  const { totalCount, edges, pageInfo } = found;
  return (
    <section aria-labelledby="results">
      <h2 id="results">Elenco</h2>
      <p role="status">
        {totalCount === 1 ? 'Trovato 1 risultato' : `Trovati ${totalCount} risultati`}
        {totalCount > edges.length ? `, pagina ${props.pages.pageNumber}` : ''}
      </p>
      {edges.length === 0 ? null : <InstalmentTable rows={edges.map(({ node }) => node)} />}
      <Pager
        pageNumber={props.pages.pageNumber}
        hasNext={pageInfo.hasNextPage}
        onPrevious={props.pages.previous}
        onNext={() => props.pages.next(pageInfo.endCursor)}
      />
    </section>
  );
}

/** The columns of the guide. On a telephone each row is a block of its own. */
function InstalmentTable({ rows }: { readonly rows: readonly Instalment[] }) {
  return (
    <table className="portal-table">
      <caption className="visually-hidden">Documenti contabili, una riga per rata</caption>
      <thead>
        <tr>
          {[
            'Data',
            'Numero',
            'Rata',
            'Nominativo',
            'Importo',
            'Da pagare',
            'Pagato',
            'Scadenza',
            'Stato',
            'Messa a ruolo',
          ].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: Instalment }) {
  const { invoice } = row;
  const [text, kind] = labelOf(instalmentLabels, row.status);
  const number = invoice === null ? '–' : String(invoice.number);
  return (
    <tr>
      <td data-label="Data">{invoice === null ? '–' : shortDay(invoice.issuedOn)}</td>
      <th scope="row" data-label="Numero">
        {invoice === null ? (
          number
        ) : (
          <Link
            to={`/servizi-scolastici/documenti/${invoice.id}?rata=${row.number}`}
            aria-label={`Fattura ${number} del ${shortDay(invoice.issuedOn)}, rata ${row.number}`}
          >
            {number}
          </Link>
        )}
      </th>
      <td data-label="Rata">{row.number}</td>
      <td data-label="Nominativo">{invoice?.child ? fullName(invoice.child) : '–'}</td>
      <td data-label="Importo" className="number">
        {euro(row.amount)}
      </td>
      <td data-label="Da pagare" className="number">
        {euro(row.outstanding)}
      </td>
      <td data-label="Pagato" className="number">
        {euro(row.paid)}
      </td>
      <td data-label="Scadenza">{row.dueOn === null ? '–' : shortDay(row.dueOn)}</td>
      <td data-label="Stato">
        <Badge text={text} kind={kind} />
      </td>
      <td data-label="Messa a ruolo">
        {row.messaARuolo ? (
          <>
            <Icon name="check" className="icon-success icon-sm" />
            <span className="visually-hidden">sì</span>
          </>
        ) : (
          'no'
        )}
      </td>
    </tr>
  );
}

function ListFiles(props: { readonly citizen: Citizen; readonly child: string; reload(): void }) {
  const lists = (props.citizen.children ?? [])
    .filter(({ id }) => props.child === '' || id === props.child)
    .flatMap((one) => (one.invoiceListPdf === null ? [] : [{ ...one, file: one.invoiceListPdf }]));
  if (lists.length === 0) return null;
  return (
    <section aria-labelledby="list-files">
      <h2 id="list-files">Scarica l’elenco</h2>
      <ul className="portal-files">
        {lists.map((one) => (
          <li key={one.id}>
            <DocumentLink file={one.file} onExpired={props.reload}>
              Elenco di {fullName(one)} (PDF)
            </DocumentLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
