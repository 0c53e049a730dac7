import { isProblem } from '@school-services/client';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import {
  type PortalDebtFragment,
  PortalSchoolDebts,
  type PortalSchoolDebtsQuery,
  PortalStartPayment,
} from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { type PageQuery, usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { language, told } from '../language.ts';
import { forgetIdempotencyKey, idempotencyKeyFor } from '../payments/idempotency-key.ts';
import { OpenSession } from '../payments/open-session.tsx';
import { outcomeAddress } from '../payments/outcome-address.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { euro, fullName, longDay, time } from '../ui/formats.ts';
import { Icon } from '../ui/icon.tsx';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { Missing, QueryState, RequestFailed } from '../ui/query-state.tsx';
import { useTyped } from '../ui/use-typed.ts';
import { accessText, debtLabels, debtText } from './labels.ts';
import { ReturnedDebits } from './returned-debits.tsx';
import { shareOf } from './sharing-labels.ts';

type Citizen = NonNullable<PortalSchoolDebtsQuery['me']>;

type OwnSession = { readonly id: string; readonly checkoutUrl: string | null };

/** As pagoPA takes them in one cart. */
const mostAtOnce = 5;

/** What is owed, to be paid at Checkout together or printed as notices. */
export function SchoolPaymentPage() {
  const query = usePageQuery(PortalSchoolDebts, {});
  const citizen = query.data?.me;
  return (
    <Page {...heads.schoolPayment}>
      <QueryState query={query}>
        {citizen === null || citizen === undefined ? null : (
          <>
            <Debts citizen={citizen} query={query} />
            <ReturnedDebits
              rows={citizen.instalments}
              reason={query.missing('me.instalments')}
              reload={query.reload}
            />
          </>
        )}
      </QueryState>
    </Page>
  );
}

function Debts(props: { readonly citizen: Citizen; readonly query: PageQuery<PortalSchoolDebtsQuery> }) {
  const { citizen, query } = props;
  const { debts } = citizen;
  if (debts === null)
    return <Missing what="I debiti" reason={query.missing('me.debts')} onRetry={query.reload} />;
  if (debts.length === 0) return <NothingToPay citizen={citizen} />;
  return (
    <Cart
      debts={debts}
      forOthers={forOthersToPay(citizen, debts)}
      email={citizen.email}
      reload={query.reload}
    />
  );
}

/** Debts that are shared to be read: another person pays them. */
function forOthersToPay(citizen: Citizen, debts: readonly PortalDebtFragment[]): ReadonlySet<string> {
  const { children, receivedShares } = citizen;
  const isReadOnly = ({ child }: PortalDebtFragment) =>
    child !== null &&
    children?.find(({ id }) => id === child.id)?.schoolAccess === 'SHARED' &&
    shareOf(receivedShares, child.id)?.scopes.includes('PAYING') !== true;
  return new Set(debts.filter(isReadOnly).map(({ id }) => id));
}

function NothingToPay({ citizen }: { readonly citizen: Citizen }) {
  const reasons = (citizen.children ?? []).map(
    (one) => [one.id, accessText(one.schoolAccess, fullName(one))] as const,
  );
  return (
    <Alert kind="info" title="Non c’è niente da pagare con un avviso">
      {reasons.map(([id, text]) => (text === null ? null : <p key={id}>{text}</p>))}
      <p>
        I pagamenti fatti sono in <Link to="/pagamenti/archivio">Archivio pagamenti</Link>.
      </p>
    </Alert>
  );
}

function Cart(props: {
  readonly debts: readonly PortalDebtFragment[];
  readonly forOthers: ReadonlySet<string>;
  readonly email: string | null;
  reload(): void;
}) {
  const { debts, forOthers, email, reload } = props;
  const [chosen, setChosen] = useTyped<readonly string[]>('chosen', []);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [own, setOwn] = useState<OwnSession | null>(null);
  const payment = useAction(PortalStartPayment);
  const selected = debts.filter(({ id, status }) => chosen.includes(id) && status === 'PAYABLE');
  const total = selected.reduce((sum, { amount }) => sum + amount, 0);
  const isFull = selected.length >= mostAtOnce;
  const pay = async (event: FormEvent) => {
    event.preventDefault();
    if (selected.length === 0)
      return setRefusal(told('Scegli almeno un debito da pagare.', 'Choose one debt to pay, or more.'));
    const debtIds = selected.map(({ id }) => id).sort();
    const intent = `pay ${debtIds.join(' ')}`;
    const idempotencyKey = idempotencyKeyFor(intent);
    const result = await payment.run({
      input: { debtIds, email, returnUrl: outcomeAddress(), idempotencyKey },
    });
    if (result?.__typename === 'PaymentStarted' && result.session.checkoutUrl !== null)
      return location.assign(result.session.checkoutUrl);
    if (result === null) return;
    // Whatever was refused, or has ended: the next try is a new one.
    if (result.__typename !== 'PaymentUnavailable') forgetIdempotencyKey(intent);
    setOwn(result.__typename === 'NotPayable' ? result.own : null);
    setRefusal(
      isProblem(result)
        ? result.message
        : told('Questo pagamento è già terminato: riprova.', 'This payment has ended: try again.'),
    );
    reload();
  };
  return (
    <form onSubmit={pay} noValidate>
      <fieldset className="portal-debts">
        <legend>Scegli che cosa pagare (fino a {mostAtOnce} debiti insieme)</legend>
        {debts.map((debt) => (
          <DebtRow
            key={debt.id}
            debt={debt}
            isChosen={chosen.includes(debt.id)}
            isForOthers={forOthers.has(debt.id)}
            isDisabled={isFull && !chosen.includes(debt.id)}
            reload={reload}
            onChoose={(isChosen) => {
              setRefusal(null);
              setChosen(isChosen ? [...chosen, debt.id] : chosen.filter((id) => id !== debt.id));
            }}
          />
        ))}
      </fieldset>
      {refusal === null ? null : (
        <Alert kind="danger" title={refusal} language={language} isUrgent>
          {own === null ? null : <OpenSession session={own} onCancelled={reload} />}
        </Alert>
      )}
      {payment.problem === null ? null : (
        <RequestFailed
          problem={payment.problem}
          onRetry={() => document.querySelector<HTMLElement>('#pay')?.click()}
        />
      )}
      <div className="portal-total">
        <p aria-live="polite">
          {selected.length === 1 ? '1 debito scelto' : `${selected.length} debiti scelti`}, totale{' '}
          <strong>{euro(total)}</strong>
        </p>
        <button id="pay" type="submit" className="btn btn-primary btn-icon" disabled={payment.isRunning}>
          <Icon name="card" className="icon-white icon-sm" />
          <span>{payment.isRunning ? 'Un momento…' : 'Paga online con pagoPA'}</span>
        </button>
      </div>
    </form>
  );
}

function DebtRow(props: {
  readonly debt: PortalDebtFragment;
  readonly isChosen: boolean;
  readonly isDisabled: boolean;
  readonly isForOthers: boolean;
  reload(): void;
  onChoose(isChosen: boolean): void;
}) {
  const { debt, isChosen, isDisabled, isForOthers, reload, onChoose } = props;
  const [text, kind] = labelOf(debtLabels, debt.status);
  const isPayable = debt.status === 'PAYABLE' && !isForOthers;
  const reason = debtText(debt.status);
  return (
    <div className="portal-debt">
      <div className="form-check">
        <input
          id={debt.id}
          type="checkbox"
          checked={isChosen && isPayable}
          disabled={!isPayable || isDisabled}
          onChange={(event) => onChoose(event.target.checked)}
          aria-describedby={`${debt.id}-facts`}
        />
        <label htmlFor={debt.id}>{debt.description}</label>
      </div>
      <p className="portal-debt-amount">{euro(debt.amount)}</p>
      <div id={`${debt.id}-facts`} className="portal-debt-facts">
        <p>
          <Badge text={text} kind={kind} /> {debt.child === null ? '' : `Per ${fullName(debt.child)}. `}
          {debt.dueOn === null ? '' : `Scadenza ${longDay(debt.dueOn)}. `}
          Avviso {debt.numeroAvviso}
        </p>
        {isForOthers ? (
          <p>
            Condiviso con te in sola lettura: lo paga chi ha presentato la domanda, oppure chiunque{' '}
            <Link to="/pagamenti/avviso">con il numero dell’avviso</Link>.
          </p>
        ) : null}
        {debt.status === 'PAYMENT_IN_PROGRESS' && debt.lockedUntil !== null ? (
          <p>
            Un pagamento è in corso: se non va a buon fine, si può riprovare al più tardi alle{' '}
            {time(debt.lockedUntil)}.
          </p>
        ) : reason === null ? null : (
          <p>{reason}</p>
        )}
        {debt.paymentSession === null ? null : (
          <>
            <p>
              Hai cominciato a pagare
              {debt.paymentSession.items.length > 1 ? ' questo debito insieme ad altri' : ''}.
            </p>
            <OpenSession session={debt.paymentSession} onCancelled={reload} />
          </>
        )}
      </div>
      {debt.notice === null ? null : (
        <DocumentLink file={debt.notice} icon="print" onExpired={reload}>
          Stampa avviso<span className="visually-hidden"> per {debt.description}</span>
        </DocumentLink>
      )}
    </div>
  );
}
