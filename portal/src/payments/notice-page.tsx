import { ApiError, isProblem } from '@school-services/client';
import { type FormEvent, useMemo, useState } from 'react';
import { client } from '../api/client.ts';
import {
  PortalMunicipality,
  PortalNotice,
  type PortalNoticeQuery,
  PortalPayNotice,
} from '../api/operations.generated.ts';
import { problemOf, type RequestProblem } from '../api/problems.ts';
import { useAction } from '../api/use-action.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { language, told } from '../language.ts';
import { debtLabels, debtText } from '../school/labels.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Facts } from '../ui/facts.tsx';
import { TextField } from '../ui/fields.tsx';
import { euro, longDay } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { ProblemSummary } from '../ui/problem-summary.tsx';
import { RequestFailed } from '../ui/query-state.tsx';
import { useTyped } from '../ui/use-typed.ts';
import { forgetIdempotencyKey, idempotencyKeyFor } from './idempotency-key.ts';
import { invalidNumber, noticeProblems } from './notice-form.ts';
import { outcomeAddress } from './outcome-address.ts';

type Notice = NonNullable<PortalNoticeQuery['paymentNotice']>;
type Problem = { readonly path: string; readonly message: string };

/** Pagamento con avviso: looks the notice up, and sends whoever holds it to pagoPA. */
export function NoticePage() {
  const town = usePageQuery(PortalMunicipality, {});
  const [typedCreditor, setCreditor] = useTyped<string | null>('creditor', null);
  const creditor = typedCreditor ?? town.data?.municipality?.codiceFiscale ?? '';
  const [numeroAvviso, setNumber] = useTyped('number', '');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [found, setFound] = useState<Notice | null | 'unknown'>(null);
  const lookUp = useLookUp();
  const entries = useMemo(
    () => problems.map(({ path, message }) => ({ fieldId: path, text: message })),
    [problems],
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFound(null);
    const wrong = noticeProblems(numeroAvviso, creditor);
    setProblems(wrong);
    if (wrong.length > 0) return;
    const result = await lookUp.run(numeroAvviso, creditor);
    if (result === 'invalid') return setProblems([{ path: 'numeroAvviso', message: invalidNumber }]);
    if (result !== null) setFound(result);
  };
  const problemAt = (path: string) => problems.find((one) => one.path === path)?.message;
  return (
    <Page {...heads.paymentNotice}>
      <form onSubmit={submit} noValidate className="portal-form">
        <ProblemSummary title="Controlla questi dati" problems={entries} />
        <TextField
          id="numeroAvviso"
          label="Numero avviso"
          hint="18 cifre, come sull’avviso"
          inputMode="numeric"
          maxLength={30}
          isRequired
          value={numeroAvviso}
          problem={problemAt('numeroAvviso')}
          onChange={setNumber}
        />
        <TextField
          id="creditor"
          label="Codice fiscale dell’Ente creditore"
          hint="11 cifre, come sull’avviso"
          inputMode="numeric"
          maxLength={20}
          isRequired
          value={creditor}
          problem={problemAt('creditor')}
          onChange={setCreditor}
        />
        {lookUp.problem === null ? null : (
          <RequestFailed problem={lookUp.problem} onRetry={() => document.getElementById('look')?.click()} />
        )}
        <p className="portal-actions">
          <button id="look" type="submit" className="btn btn-primary" disabled={lookUp.isRunning}>
            {lookUp.isRunning ? 'Un momento…' : 'Cerca l’avviso'}
          </button>
        </p>
      </form>
      {found === 'unknown' ? (
        <Alert kind="warning" title="Nessun avviso con questo numero" isUrgent>
          <p>Controlla il numero e il codice dell’Ente creditore.</p>
        </Alert>
      ) : found === null ? null : (
        <FoundNotice key={found.numeroAvviso} notice={found} creditor={creditor} />
      )}
    </Page>
  );
}

function useLookUp() {
  const [state, setState] = useState<{ isRunning: boolean; problem: RequestProblem | null }>({
    isRunning: false,
    problem: null,
  });
  return {
    ...state,
    async run(numeroAvviso: string, creditor: string): Promise<Notice | 'unknown' | 'invalid' | null> {
      setState({ isRunning: true, problem: null });
      try {
        const { paymentNotice } = await client.query(PortalNotice, { numeroAvviso, creditor });
        setState({ isRunning: false, problem: null });
        return paymentNotice ?? 'unknown';
      } catch (error) {
        const isInvalid = error instanceof ApiError && error.code === 'BAD_USER_INPUT';
        setState({ isRunning: false, problem: isInvalid ? null : problemOf(error) });
        return isInvalid ? 'invalid' : null;
      }
    },
  };
}

function FoundNotice({ notice, creditor }: { readonly notice: Notice; readonly creditor: string }) {
  const [email, setEmail] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const action = useAction(PortalPayNotice);
  const { numeroAvviso, status } = notice;
  const [text, kind] = labelOf(debtLabels, status);
  const pay = async () => {
    const intent = `notice ${numeroAvviso}`;
    const idempotencyKey = idempotencyKeyFor(intent);
    const input = {
      numeroAvviso,
      creditor,
      email: email.trim() || null,
      returnUrl: outcomeAddress(),
      idempotencyKey,
    };
    const result = await action.run({ input });
    if (result === null) return;
    if (result.__typename === 'NoticePaymentStarted' && result.session.checkoutUrl !== null)
      return location.assign(result.session.checkoutUrl);
    if (result.__typename !== 'PaymentUnavailable') forgetIdempotencyKey(intent);
    setProblem(
      'problems' in result ? result.problems.find(({ path }) => path === 'email')?.message : undefined,
    );
    setRefusal(
      isProblem(result)
        ? result.message
        : told('Questo pagamento è già terminato: riprova.', 'This payment has ended: try again.'),
    );
  };
  return (
    <section className="portal-panel" aria-labelledby="notice">
      <h2 id="notice">{notice.description}</h2>
      <Badge text={text} kind={kind} />
      <Facts
        rows={[
          ['Ente creditore', notice.creditorName],
          ['Importo', euro(notice.amount)],
          ['Scadenza', notice.dueOn === null ? null : longDay(notice.dueOn)],
          ['Numero avviso', numeroAvviso],
        ]}
      />
      {refusal === null ? null : <Alert kind="danger" title={refusal} language={language} isUrgent />}
      {action.problem === null ? null : <RequestFailed problem={action.problem} onRetry={() => void pay()} />}
      {status === 'PAYABLE' ? (
        <>
          <TextField
            id="email"
            label="E-mail per la ricevuta (facoltativa)"
            type="email"
            autoComplete="email"
            maxLength={254}
            value={email}
            problem={problem}
            onChange={setEmail}
          />
          <button
            type="button"
            className="btn btn-primary"
            disabled={action.isRunning}
            onClick={() => void pay()}
          >
            {action.isRunning ? 'Un momento…' : 'Paga online con pagoPA'}
          </button>
        </>
      ) : (
        <p>{debtText(status)}</p>
      )}
    </section>
  );
}
