import { Link, useParams, useSearchParams } from 'react-router';
import { PortalInvoice, type PortalInvoiceQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { Facts } from '../ui/facts.tsx';
import { euro, fullName, longDay, shortDay } from '../ui/formats.ts';
import { Icon } from '../ui/icon.tsx';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { invoicesCrumb } from './crumbs.ts';
import { debtLabels, instalmentLabels } from './labels.ts';
import { InvoiceSections } from './sections.tsx';

type Invoice = NonNullable<PortalInvoiceQuery['invoice']>;
type Instalment = Invoice['instalments'][number];

/** One document, in the three tabs of the guide. */
export function InvoicePage() {
  const { invoiceId = '' } = useParams();
  const query = usePageQuery(PortalInvoice, { id: invoiceId });
  const invoice = query.data?.invoice;
  const title = invoice ? `Fattura ${invoice.number} del ${invoice.year}` : 'Documento contabile';
  return (
    <Page {...heads.invoice} title={title}>
      <InvoiceSections current="dettaglio" />
      <QueryState query={query}>
        {invoice === null || invoice === undefined ? (
          <Alert kind="warning" title="Il documento non esiste o non puoi vederlo">
            <p>
              I documenti sono visibili soltanto a chi ha presentato la domanda.{' '}
              <Link to={invoicesCrumb.to}>Torna all’elenco</Link>.
            </p>
          </Alert>
        ) : (
          <Detail invoice={invoice} reload={query.reload} />
        )}
      </QueryState>
    </Page>
  );
}

function Detail({ invoice, reload }: { readonly invoice: Invoice; reload(): void }) {
  const [params] = useSearchParams();
  const chosen = invoice.instalments.find(({ number }) => String(number) === params.get('rata'));
  const instalments = chosen === undefined ? invoice.instalments : [chosen];
  return (
    <>
      <Facts
        rows={[
          ['Data fattura', shortDay(invoice.issuedOn)],
          ['Nr fattura', invoice.number],
          ['Nr rata', instalments.map(({ number }) => number).join(', ')],
        ]}
      />
      <Tabs
        label="Dettaglio del documento"
        tabs={[
          {
            id: 'general',
            label: 'Dati generali',
            content: <General invoice={invoice} instalments={instalments} reload={reload} />,
          },
          { id: 'lines', label: 'Dettaglio fattura', content: <Lines invoice={invoice} /> },
          { id: 'files', label: 'Allegati', content: <Attachments invoice={invoice} reload={reload} /> },
        ]}
      />
      {chosen === undefined || invoice.instalments.length === 1 ? null : (
        <p>
          <Link to={`/servizi-scolastici/documenti/${invoice.id}`}>
            Mostra tutte le rate di questa fattura
          </Link>
        </p>
      )}
    </>
  );
}

function General(props: {
  readonly invoice: Invoice;
  readonly instalments: readonly Instalment[];
  reload(): void;
}) {
  const { invoice, instalments, reload } = props;
  return (
    <>
      <Facts
        rows={[
          ['Nominativo', invoice.holderName],
          ['Codice fiscale', invoice.holderCodiceFiscale],
          ['Alunno', invoice.child === null ? null : fullName(invoice.child)],
          ['Periodo', invoice.period.label],
          ['Importo fattura', euro(invoice.amount)],
          ['Pagato', euro(invoice.paid)],
          ['Da pagare', euro(invoice.outstanding)],
          ['Banca d’appoggio', invoice.supportingBank],
        ]}
      />
      <h3>{instalments.length === 1 ? 'Rata' : 'Rate'}</h3>
      <ul className="portal-list">
        {instalments.map((one) => (
          <li key={one.id}>
            <InstalmentFacts instalment={one} reload={reload} />
          </li>
        ))}
      </ul>
    </>
  );
}

function InstalmentFacts({ instalment, reload }: { readonly instalment: Instalment; reload(): void }) {
  const { debt } = instalment;
  const [text, kind] = labelOf(instalmentLabels, instalment.status);
  return (
    <>
      <p className="portal-list-title">
        Rata {instalment.number} <Badge text={text} kind={kind} />
      </p>
      <Facts
        rows={[
          ['Importo', euro(instalment.amount)],
          ['Pagato', euro(instalment.paid)],
          ['Da pagare', euro(instalment.outstanding)],
          ['Scadenza', instalment.dueOn === null ? null : longDay(instalment.dueOn)],
          ['Messa a ruolo', instalment.messaARuolo ? 'sì' : 'no'],
          ['Codice IUV pagoPA', instalment.iuv],
          ['Numero avviso', debt?.numeroAvviso],
          ['Pagamento', debt === null ? null : labelOf(debtLabels, debt.status)[0]],
        ]}
      />
      <ul className="portal-files">
        {debt?.notice ? (
          <li>
            <DocumentLink file={debt.notice} icon="print" onExpired={reload}>
              Stampa l’avviso di pagamento
            </DocumentLink>
          </li>
        ) : null}
        {debt?.receipt?.document ? (
          <li>
            <DocumentLink file={debt.receipt.document} onExpired={reload}>
              Ricevuta di pagamento
            </DocumentLink>
          </li>
        ) : null}
        {debt?.status === 'PAYABLE' ? (
          <li>
            <Link to="/servizi-scolastici/pagamento" className="portal-document">
              <Icon name="card" className="icon-primary icon-sm" /> Paga online
            </Link>
          </li>
        ) : null}
      </ul>
    </>
  );
}

function Lines({ invoice }: { readonly invoice: Invoice }) {
  if (invoice.lines.length === 0) return <p>Il documento non ha righe di dettaglio.</p>;
  return (
    <table className="portal-table">
      <caption className="visually-hidden">Righe della fattura</caption>
      <thead>
        <tr>
          <th scope="col">Descrizione</th>
          <th scope="col">Quantità</th>
          <th scope="col">Prezzo unitario</th>
          <th scope="col">Importo</th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and never change their order
          <tr key={index}>
            <th scope="row" data-label="Descrizione">
              {line.description}
            </th>
            <td data-label="Quantità" className="number">
              {line.quantity}
            </td>
            <td data-label="Prezzo unitario" className="number">
              {euro(line.unitPrice)}
            </td>
            <td data-label="Importo" className="number">
              {euro(line.amount)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Attachments({ invoice, reload }: { readonly invoice: Invoice; reload(): void }) {
  if (invoice.attachments.length === 0) return <p>Il documento non ha allegati.</p>;
  return (
    <table className="portal-table">
      <caption className="visually-hidden">Allegati</caption>
      <thead>
        <tr>
          <th scope="col">Tipologia</th>
          <th scope="col">Descrizione</th>
          <th scope="col">File</th>
        </tr>
      </thead>
      <tbody>
        {invoice.attachments.map((attachment, index) => (
          <tr key={attachment.id}>
            <td data-label="Tipologia">{attachment.kind}</td>
            <th scope="row" data-label="Descrizione">
              {attachment.description}
            </th>
            <td data-label="File">
              {attachment.document === null ? (
                'Il file non è disponibile'
              ) : (
                <DocumentLink file={attachment.document} onExpired={reload}>
                  Apri il PDF{' '}
                  <span className="visually-hidden">
                    dell’allegato {index + 1}, {attachment.description}
                  </span>
                </DocumentLink>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
