import { useSearchParams } from 'react-router';
import { type PortalPaymentPageFragment, PortalPayments } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { signIn } from '../sign-in/session.ts';
import { useSession } from '../sign-in/use-session.ts';
import { DocumentLink } from '../ui/document-link.tsx';
import { euro, moment, today } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { PageOfList } from '../ui/page-of-list.tsx';
import { PeriodForm } from '../ui/period-form.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { usePages } from '../ui/use-pages.ts';
import { ArchiveLookUp } from './archive-look-up.tsx';

/** Archivio pagamenti: one's own payments, or one payment by the number of its notice. */
export function ArchivePage() {
  const { user } = useSession();
  return (
    <Page {...heads.paymentArchive}>
      {user === null ? (
        <>
          <p>
            Accedi con SPID, CIE o CNS per vedere tutti i tuoi pagamenti e l’estratto conto, oppure cerca un
            pagamento dal suo avviso.
          </p>
          <button
            type="button"
            className="btn btn-primary"
            onClick={() => void signIn('/pagamenti/archivio')}
          >
            Accedi e vedi i tuoi pagamenti
          </button>
          <ArchiveLookUp />
        </>
      ) : (
        <OwnPayments />
      )}
    </Page>
  );
}

function OwnPayments() {
  const [params, setParams] = useSearchParams();
  const pages = usePages();
  const [paidFrom, paidTo] = [params.get('dal'), params.get('al')];
  const query = usePageQuery(PortalPayments, {
    paidFrom,
    paidTo,
    statementFrom: paidFrom ?? `${today().slice(0, 4)}-01-01`,
    statementTo: paidTo ?? today(),
    after: pages.after,
  });
  const { me, myBusiness } = query.data ?? {};
  const found = me?.payments ?? myBusiness?.payments;
  const statement = me?.paymentStatementPdf;
  return (
    <>
      <PeriodForm
        params={params}
        labels={['Pagati dal giorno', 'Al giorno']}
        onSearch={(next) => {
          pages.first();
          setParams(next);
        }}
      />
      <QueryState query={query}>
        <PageOfList
          query={query}
          pages={pages}
          found={found}
          paths={['me.payments', 'myBusiness.payments']}
          what="I tuoi pagamenti"
          countText={(count) => (count === 1 ? 'Trovato 1 pagamento' : `Trovati ${count} pagamenti`)}
        >
          {(found) => <PaymentTable page={found} reload={query.reload} />}
        </PageOfList>
        {statement ? (
          <DocumentLink file={statement} onExpired={query.reload}>
            Estratto conto {paidFrom === null && paidTo === null ? 'di quest’anno' : 'del periodo'} (PDF)
          </DocumentLink>
        ) : null}
      </QueryState>
    </>
  );
}

function PaymentTable({ page, reload }: { readonly page: PortalPaymentPageFragment; reload(): void }) {
  if (page.edges.length === 0) return null;
  return (
    <table className="portal-table">
      <caption className="visually-hidden">Pagamenti</caption>
      <thead>
        <tr>
          <th scope="col">Causale</th>
          <th scope="col">Pagato il</th>
          <th scope="col">Importo</th>
          <th scope="col">Presso</th>
          <th scope="col">Ricevuta</th>
        </tr>
      </thead>
      <tbody>
        {page.edges.map(({ node }) => (
          <tr key={node.id}>
            <th scope="row" data-label="Causale">
              {node.description}
            </th>
            <td data-label="Pagato il">{moment(node.paidAt)}</td>
            <td data-label="Importo" className="number">
              {euro(node.amount)}
            </td>
            <td data-label="Presso">{node.receipt?.pspName ?? '–'}</td>
            <td data-label="Ricevuta">
              {node.receipt?.document ? (
                <DocumentLink file={node.receipt.document} onExpired={reload}>
                  Ricevuta<span className="visually-hidden"> di {node.description}</span>
                </DocumentLink>
              ) : (
                'Non disponibile'
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
