import { isProblem } from '@school-services/client';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { PortalSubmitPractice, type PortalSubmitPracticeMutation } from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { language } from '../language.ts';
import { Alert } from '../ui/alert.tsx';
import { Facts } from '../ui/facts.tsx';
import { Icon } from '../ui/icon.tsx';
import { RequestFailed } from '../ui/query-state.tsx';
import { mineCrumb } from './crumbs.ts';
import { answerText, applies, type Form, type FormStep, stepOfPath } from './form-model.ts';
import type { DraftState } from './use-draft.ts';

type Result = NonNullable<PortalSubmitPracticeMutation['submitPractice']>;

interface ReviewProps {
  readonly draft: DraftState;
  readonly form: Form;
  readonly steps: readonly FormStep[];
  readonly base: string;
}

/** All of it in words, immediately before it is sent. */
export function Review({ draft, form, steps, base }: ReviewProps) {
  const { practice } = draft;
  return (
    <>
      <p>Controlla i dati. Ogni parte si può ancora modificare; dopo l’invio non più.</p>
      {steps.map((step, index) => (
        <section key={step.title} className="portal-panel" aria-labelledby={`review-${index}`}>
          <div className="portal-heading">
            <h2 id={`review-${index}`}>{step.title}</h2>
            <Link to={`${base}/${index + 1}`}>
              Modifica<span className="visually-hidden"> {step.title}</span>
            </Link>
          </div>
          {step.kind === 'attachments' ? (
            <AttachedNames draft={draft} />
          ) : (
            <Facts
              rows={step.fields
                .filter((field) => field.kind !== 'NOTE' && applies(field, form.fields, draft.values))
                .map((field) => [field.label, answerText(field, draft.values.get(field.code))] as const)}
            />
          )}
        </section>
      ))}
      <Send key={practice.version} draft={draft} steps={steps} base={base} />
    </>
  );
}

function AttachedNames({ draft: { practice } }: { readonly draft: DraftState }) {
  if (practice.attachments.length === 0) return <p>Nessun allegato.</p>;
  return (
    <ul className="portal-attached">
      {practice.attachments.map(({ id, document }) => (
        <li key={id}>
          <Icon name="clip" className="icon-sm icon-primary" />
          {document?.fileName ?? 'File'}
        </li>
      ))}
    </ul>
  );
}

function Send({ draft, steps, base }: Omit<ReviewProps, 'form'>) {
  const navigate = useNavigate();
  const submitting = useAction(PortalSubmitPractice);
  const [refused, setRefused] = useState<Result | null>(null);
  const problems =
    draft.refused.length > 0
      ? draft.refused
      : refused !== null && 'problems' in refused
        ? refused.problems
        : draft.practice.problems;
  const send = async () => {
    // What was typed on a step and left by its link is saved first: what is sent is what is read here.
    const saved = draft.hasUnsaved ? await draft.save() : draft.practice;
    if (saved === null) return;
    const result = await submitting.run({ input: { practiceId: saved.id, version: saved.version } });
    if (result?.__typename === 'PracticeSubmitted') return navigate(`/pratiche/${saved.id}/conferma`);
    setRefused(result);
  };
  const suspend = async () => {
    const saved = draft.hasUnsaved ? await draft.save() : draft.practice;
    if (saved !== null) void navigate(mineCrumb.to, { state: { suspended: saved.title } });
  };
  return (
    <>
      {problems.length === 0 ? null : (
        <Alert
          kind="warning"
          title="Prima di inviare completa questi dati"
          isUrgent={refused !== null || draft.refused.length > 0}
        >
          <ul>
            {problems.map(({ path, message }) => {
              const step = stepOfPath(steps, path);
              return (
                <li key={path}>{step < 0 ? message : <Link to={`${base}/${step + 1}`}>{message}</Link>}</li>
              );
            })}
          </ul>
        </Alert>
      )}
      {refused !== null && isProblem(refused) && !('problems' in refused) ? (
        <Alert kind="danger" title={refused.message} language={language} isUrgent />
      ) : null}
      {submitting.problem === null ? null : (
        <RequestFailed problem={submitting.problem} onRetry={() => void send()} />
      )}
      <div className="portal-actions portal-form-actions">
        <Link className="btn btn-outline-primary" to={`${base}/${steps.length}`}>
          Indietro
        </Link>
        <button type="button" className="btn btn-outline-primary" onClick={() => void suspend()}>
          SOSPENDI
        </button>
        <button
          type="button"
          className="btn btn-primary"
          disabled={submitting.isRunning || draft.isSaving}
          onClick={() => void send()}
        >
          {submitting.isRunning ? 'Invio in corso…' : 'INVIA'}
        </button>
      </div>
    </>
  );
}
