import { type FormEvent, useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { PortalDraft } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { longDay } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { ProblemSummary } from '../ui/problem-summary.tsx';
import { QueryState, RequestFailed } from '../ui/query-state.tsx';
import { unreadableDates } from '../ui/unreadable-dates.ts';
import { useTyped } from '../ui/use-typed.ts';
import { AttachmentField } from './attachments.tsx';
import { mineCrumb } from './crumbs.ts';
import { DraftNotice } from './draft-notice.tsx';
import { FormFields } from './form-fields.tsx';
import { answerProblems, controlId, type Form, type Practice } from './form-model.ts';
import { useDraft } from './use-draft.ts';

/** The answer to what the office asks: files, and answers put right. */
export function IntegrationPage() {
  const { practiceId = '' } = useParams();
  const query = usePageQuery(PortalDraft, { id: practiceId });
  const practice = query.data?.practice;
  return (
    <Page {...heads.integration} lead={practice?.title}>
      <QueryState query={query}>
        {practice?.form && practice.status === 'INTEGRATION_REQUESTED' ? (
          <Integration key={practice.id} loaded={practice} form={practice.form} />
        ) : (
          <Alert kind="warning" title="Per questa pratica l’ufficio non chiede niente">
            <Link to={mineCrumb.to}>Vai alle tue pratiche</Link>
          </Alert>
        )}
      </QueryState>
    </Page>
  );
}

function Integration({ loaded, form }: { readonly loaded: Practice; readonly form: Form }) {
  const navigate = useNavigate();
  const draft = useDraft(loaded);
  const [sent, setSent] = useTyped<readonly { id: string; code: string; name: string }[]>('sent', []);
  const [unreadable, setUnreadable] = useState<ReturnType<typeof answerProblems>>([]);
  const { integrationRequest, answers } = draft.practice;
  const editable = form.fields.filter(
    ({ code }) => answers.find((one) => one.code === code)?.editable === true,
  );
  const wanted = integrationRequest?.attachments ?? [];
  const entries = useMemo(
    () =>
      [...draft.refused, ...unreadable].map(({ path, message }) => ({
        fieldId: controlId(path),
        text: message,
      })),
    [draft.refused, unreadable],
  );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = answerProblems(editable, unreadableDates(event.currentTarget));
    setUnreadable(found);
    if (found.length > 0) return;
    const done = await draft.integrate({ uploadIds: sent.map(({ id }) => id) });
    if (done !== null) void navigate(`/pratiche/${done.id}`);
  };
  return (
    <form onSubmit={submit} noValidate className="portal-form">
      {integrationRequest === null ? null : (
        <Alert kind="info" title="L’ufficio scrive">
          <p>{integrationRequest.message}</p>
          {integrationRequest.dueOn === null ? null : (
            <p>Rispondi entro il {longDay(integrationRequest.dueOn)}.</p>
          )}
        </Alert>
      )}
      <DraftNotice draft={draft} />
      <ProblemSummary title="Controlla questi dati" problems={entries} />
      {wanted.length === 0 ? null : <h2>Allegati richiesti</h2>}
      {wanted.map((one) => (
        <AttachmentField
          key={one.code}
          practiceId={draft.practice.id}
          wanted={one}
          problem={draft.refused.find(({ path }) => path === `attachments.${one.code}`)?.message}
          attached={sent
            .filter(({ code }) => code === one.code)
            .map(({ id, name }) => ({ id, name, url: null }))}
          onAttach={async (id, name) => {
            setSent((before) => [...before, { id, code: one.code, name }]);
            return true;
          }}
          onRemove={(id) => setSent((before) => before.filter((file) => file.id !== id))}
        />
      ))}
      {editable.length === 0 ? null : (
        <details className="portal-more">
          <summary>Correggi le risposte</summary>
          <FormFields
            fields={editable}
            all={form.fields}
            groups={form.choiceGroups}
            answers={answers}
            values={draft.values}
            problems={[...draft.refused, ...unreadable]}
            onChange={(changes) => {
              setUnreadable([]);
              draft.type(changes);
            }}
          />
        </details>
      )}
      {draft.failed === null ? null : (
        <RequestFailed problem={draft.failed} onRetry={() => document.getElementById('integrate')?.click()} />
      )}
      <div className="portal-actions portal-form-actions">
        <Link className="btn btn-outline-primary" to={`/pratiche/${draft.practice.id}`}>
          Torna alla pratica
        </Link>
        <button id="integrate" type="submit" className="btn btn-primary" disabled={draft.isSaving}>
          {draft.isSaving ? 'Invio in corso…' : 'Invia l’integrazione'}
        </button>
      </div>
    </form>
  );
}
