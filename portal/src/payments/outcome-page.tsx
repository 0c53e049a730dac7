import { waitForPayment } from '@school-services/client';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { PortalPaymentSession, type PortalPaymentSessionQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { useWait } from '../api/use-wait.ts';
import { heads } from '../heads.ts';
import { debtLabels } from '../school/labels.ts';
import { Alert, type AlertKind } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { Facts } from '../ui/facts.tsx';
import { euro, moment, time } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { useKept } from '../ui/use-kept.ts';
import { forgetPaymentKeys } from './idempotency-key.ts';
import { OpenSession } from './open-session.tsx';

type Session = NonNullable<PortalPaymentSessionQuery['paymentSession']>;

/** A receipt takes seconds as a rule. After this time the page stops asking by itself. */
const patienceMs = 180_000;

/** The page that pagoPA sends the payer back to: it waits for the receipt, which alone proves a payment. */
export function OutcomePage() {
  const [params] = useSearchParams();
  const id = params.get('session') ?? '';
  const outcome = params.get('outcome');
  const query = usePageQuery(PortalPaymentSession, { id });
  const session = useKept(query.data?.paymentSession);
  useEffect(() => {
    if (outcome !== null) forgetPaymentKeys();
  }, [outcome]);
  const startedId = session?.status === 'STARTED' ? session.id : null;
  const isPatient = useWait(startedId, waitForPayment, query.reload, patienceMs);
  return (
    <Page {...heads.paymentOutcome}>
      {session !== null ? (
        <SessionState session={session} outcome={outcome} isWaiting={isPatient} reload={query.reload} />
      ) : (
        <QueryState query={query}>
          <Alert kind="warning" title="Questo pagamento non esiste">
            <p>
              Controlla l’indirizzo, oppure cerca il pagamento in{' '}
              <Link to="/pagamenti/archivio">Archivio pagamenti</Link>.
            </p>
          </Alert>
        </QueryState>
      )}
    </Page>
  );
}

function SessionState(props: {
  readonly session: Session;
  readonly outcome: string | null;
  readonly isWaiting: boolean;
  reload(): void;
}) {
  const { session, outcome, isWaiting, reload } = props;
  const [kind, title, text] = messageOf(session, outcome);
  const paid = session.items.filter(({ status }) => status === 'PAID').length;
  return (
    <>
      <Alert kind={kind} title={title} isUrgent={session.status !== 'STARTED'}>
        <p>{text}</p>
        {session.status !== 'SETTLED' && paid > 0 ? (
          <p>Una parte risulta già pagata, come vedi qui sotto: non pagarla di nuovo.</p>
        ) : null}
        {session.status !== 'STARTED' ? null : isWaiting && outcome === 'ok' ? (
          <p className="portal-loading">Attendiamo la ricevuta…</p>
        ) : (
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={reload}>
            Aggiorna
          </button>
        )}
        {session.status === 'STARTED' && outcome !== 'ok' ? (
          <OpenSession session={session} isGivenUp={outcome === 'cancel'} onCancelled={reload} />
        ) : null}
      </Alert>
      <h2>Che cosa comprende</h2>
      <ul className="portal-list">
        {session.items.map((item) => {
          const [state, badge] = labelOf(debtLabels, item.status);
          return (
            <li key={item.numeroAvviso}>
              <p className="portal-list-title">
                {item.description} <Badge text={state} kind={badge} />
              </p>
              <Facts
                rows={[
                  ['Importo', euro(item.amount)],
                  ['Numero avviso', item.numeroAvviso],
                  ['Pagato il', item.receipt === null ? null : moment(item.receipt.paidAt)],
                  ['Presso', item.receipt?.pspName],
                  [
                    'Si può riprovare',
                    item.status === 'PAYMENT_IN_PROGRESS' && item.lockedUntil !== null
                      ? `al più tardi alle ${time(item.lockedUntil)}`
                      : null,
                  ],
                ]}
              />
              {item.receipt?.document ? (
                <DocumentLink file={item.receipt.document} onExpired={reload}>
                  Ricevuta di pagamento (PDF)
                </DocumentLink>
              ) : null}
            </li>
          );
        })}
      </ul>
      <p>
        Totale: <strong>{euro(session.amount)}</strong>
      </p>
      <p>
        <Link to="/servizi-scolastici/pagamento">Torna ai pagamenti dei servizi scolastici</Link>
      </p>
    </>
  );
}

function messageOf(
  { status, failure }: Session,
  outcome: string | null,
): readonly [AlertKind, string, string] {
  switch (status) {
    case 'SETTLED':
      return [
        'success',
        'Pagamento riuscito',
        'La ricevuta è arrivata: il Comune ha registrato il pagamento.',
      ];
    case 'FAILED':
      return [
        'danger',
        failures[failure ?? 'OTHER'] ?? 'Il pagamento non è riuscito',
        'Con questo tentativo non è stato pagato niente. Si può riprovare.',
      ];
    case 'EXPIRED':
      return [
        'warning',
        'Il tempo per pagare è finito',
        'Se hai pagato, la ricevuta può ancora arrivare. Altrimenti si può riprovare.',
      ];
    default:
      if (outcome === 'ok')
        return [
          'info',
          'Il pagamento è in corso di conferma',
          'pagoPA ha preso in carico il pagamento. Non pagare di nuovo.',
        ];
      return [
        'warning',
        'Il pagamento non è stato completato',
        'Puoi riprenderlo, oppure riprovare più tardi.',
      ];
  }
}

const failures: Readonly<Record<string, string>> = {
  CANCELLED_BY_PAYER: 'Hai annullato il pagamento',
  REFUSED: 'Il pagamento è stato rifiutato',
  AMOUNT_CHANGED: 'L’importo è cambiato nel frattempo',
};
