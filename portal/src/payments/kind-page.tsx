import { isProblem } from '@school-services/client';
import { type FormEvent, useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import {
  PortalCreateSpontaneousPayment,
  type PortalCreateSpontaneousPaymentMutation,
  PortalPaymentForm,
} from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { language } from '../language.ts';
import { Rating } from '../rating/rating.tsx';
import { useSession } from '../sign-in/use-session.ts';
import { Alert } from '../ui/alert.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemSummary } from '../ui/problem-summary.tsx';
import { QueryState, RequestFailed } from '../ui/query-state.tsx';
import { useTyped } from '../ui/use-typed.ts';
import { kindsCrumb } from './crumbs.ts';
import { forgetIdempotencyKey, idempotencyKeyFor } from './idempotency-key.ts';
import { firstValues, type Kind, type KindField, shownFields, toInput, unreadable } from './kind-form.ts';
import { outcomeAddress } from './outcome-address.ts';

type Result = NonNullable<PortalCreateSpontaneousPaymentMutation['createSpontaneousPayment']>;
type Started = Extract<Result, { __typename: 'SpontaneousPaymentStarted' }>;

/** The form of one kind of payment. */
export function KindPage() {
  const { kindId = '' } = useParams();
  const [params] = useSearchParams();
  const query = usePageQuery(PortalPaymentForm, { search: params.get('nome') });
  const kind = query.data?.paymentKinds?.edges.map(({ node }) => node).find(({ id }) => id === kindId);
  return (
    <Page {...heads.paymentKind} title={kind?.name ?? 'Pagamento spontaneo'}>
      <QueryState query={query}>
        {kind === undefined ? (
          <Alert kind="warning" title="Questa tipologia di pagamento non esiste">
            <Link to={kindsCrumb.to}>Torna alle tipologie</Link>
          </Alert>
        ) : (
          <KindForm key={kind.id} kind={kind} params={params} reload={query.reload} />
        )}
      </QueryState>
    </Page>
  );
}

const controlOf = (input: string) => `payment-${input}`;

function KindForm({
  kind,
  params,
  reload,
}: {
  readonly kind: Kind;
  readonly params: URLSearchParams;
  reload(): void;
}) {
  const session = useSession();
  const [values, setValues] = useTyped('values', () => firstValues(session, params));
  const [privacyAccepted, setPrivacyAccepted] = useTyped('privacy', false);
  const [problems, setProblems] = useState<readonly { readonly path: string; readonly message: string }[]>(
    [],
  );
  const [refusal, setRefusal] = useState<string | null>(null);
  const [started, setStarted] = useState<Started | null>(null);
  const action = useAction(PortalCreateSpontaneousPayment);
  const entries = useMemo(
    () => problems.map(({ path, message }) => ({ fieldId: controlOf(path), text: message })),
    [problems],
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(null);
    const found = unreadable(kind, values);
    if (found.length > 0) return setProblems(found);
    const intent = `spontaneous ${kind.id} ${JSON.stringify(values)}`;
    const instalmentId = session.user === null ? null : params.get('rata');
    const result = await action.run({
      input: toInput({
        kind,
        values,
        privacyAccepted,
        instalmentId,
        returnUrl: outcomeAddress(),
        idempotencyKey: idempotencyKeyFor(intent),
      }),
    });
    if (result === null) return;
    setProblems(result.__typename === 'PaymentRequestInvalid' ? result.problems : []);
    if (result.__typename === 'SpontaneousPaymentStarted') return setStarted(result);
    if (result.__typename !== 'PaymentUnavailable') forgetIdempotencyKey(intent);
    if (isProblem(result) && !('problems' in result)) setRefusal(result.message);
  };
  const problemAt = (input: string) => problems.find(({ path }) => path === input)?.message;
  if (started !== null) return <PayOrPrint started={started} kind={kind} reload={reload} />;
  return (
    <form onSubmit={submit} noValidate className="portal-form">
      <ProblemSummary title="Controlla questi dati" problems={entries} />
      {refusal === null ? null : <Alert kind="danger" title={refusal} language={language} isUrgent />}
      <Checkbox
        id={controlOf('privacyAccepted')}
        label="Ho letto l’informativa privacy"
        isRequired
        isChecked={privacyAccepted}
        problem={problemAt('privacyAccepted')}
        onChange={setPrivacyAccepted}
      />
      {kind.privacyNotice === null ? null : (
        <DocumentLink file={kind.privacyNotice} onExpired={reload}>
          Informativa privacy (PDF)
        </DocumentLink>
      )}
      {shownFields(kind).map((field) => (
        <PaymentField
          key={field.code}
          field={field}
          value={values[field.input] ?? ''}
          problem={problemAt(field.input)}
          onChange={(value) => {
            setProblems((before) => before.filter(({ path }) => path !== field.input));
            setValues((before) => ({ ...before, [field.input]: value }));
          }}
        />
      ))}
      {action.problem === null ? null : (
        <RequestFailed problem={action.problem} onRetry={() => document.getElementById('pay')?.click()} />
      )}
      <div className="portal-actions portal-form-actions">
        <button id="pay" type="submit" className="btn btn-primary" disabled={action.isRunning}>
          {action.isRunning ? 'Un momento…' : 'Procedi al pagamento'}
        </button>
      </div>
    </form>
  );
}

function PaymentField(props: {
  readonly field: KindField & { readonly input: string };
  readonly value: string;
  readonly problem: string | undefined;
  onChange(value: string): void;
}) {
  const { field, value, problem, onChange } = props;
  const common = {
    id: controlOf(field.input),
    label: field.label,
    hint: field.help,
    isRequired: field.required,
    problem,
    value,
    onChange,
  };
  switch (field.kind) {
    case 'CHOICE':
      return (
        <SelectField
          {...common}
          empty="Scegli…"
          options={field.options.map((option) => [option, option] as const)}
        />
      );
    case 'AMOUNT':
      return (
        <TextField
          {...common}
          inputMode="decimal"
          maxLength={16}
          hint={field.help ?? 'In euro, per esempio 95,27'}
        />
      );
    case 'EMAIL':
      return (
        <TextField
          {...common}
          type="email"
          inputMode="email"
          autoComplete="email"
          maxLength={field.maxLength ?? 254}
        />
      );
    case 'CHECKBOX':
      return (
        <Checkbox
          {...common}
          isChecked={value === 'true'}
          onChange={(isChecked) => onChange(String(isChecked))}
        />
      );
    default:
      return <TextField {...common} maxLength={field.maxLength ?? undefined} />;
  }
}

/** The debt is there: it is paid at once, or later with its notice. */
function PayOrPrint({
  started,
  kind,
  reload,
}: {
  readonly started: Started;
  readonly kind: Kind;
  reload(): void;
}) {
  const { session, notice, numeroAvviso } = started;
  return (
    <>
      <Alert kind="success" title="L’avviso di pagamento è pronto" isUrgent>
        <p>
          Numero avviso: <strong>{numeroAvviso}</strong>
        </p>
      </Alert>
      <div className="portal-actions">
        {session.checkoutUrl === null ? null : (
          <a className="btn btn-primary" href={session.checkoutUrl}>
            Paga online con pagoPA
          </a>
        )}
        {notice === null ? null : (
          <DocumentLink file={notice} icon="print" onExpired={reload}>
            Stampa l’avviso e paga in banca o in tabaccheria
          </DocumentLink>
        )}
      </div>
      <Rating service={kind.id} occasion={session.id} />
    </>
  );
}
