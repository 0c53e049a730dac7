import { type FormEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { PortalDraft, type PortalFieldProblemFragment } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { fullName } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { ProblemSummary } from '../ui/problem-summary.tsx';
import { Partial, QueryState, RequestFailed } from '../ui/query-state.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { unreadableDates } from '../ui/unreadable-dates.ts';
import { Attachments } from './attachments.tsx';
import { mineCrumb } from './crumbs.ts';
import { DraftNotice } from './draft-notice.tsx';
import { FormFields } from './form-fields.tsx';
import {
  answerProblems,
  controlId,
  type Form,
  type FormStep,
  type Practice,
  stepOfPath,
  stepsOf,
} from './form-model.ts';
import { Review } from './review.tsx';
import { type DraftState, useDraft } from './use-draft.ts';

/** The form of a draft, in steps, with the review as the last one. */
export function FormPage() {
  const { practiceId = '' } = useParams();
  const query = usePageQuery(PortalDraft, { id: practiceId });
  const practice = query.data?.practice;
  if (practice !== null && practice !== undefined && practice.status !== 'DRAFT')
    return <Navigate to={`/pratiche/${practice.id}`} replace />;
  if (practice?.form)
    return (
      <Draft key={practice.id} loaded={practice} form={practice.form}>
        {query.isPartial ? <Partial onRetry={query.reload} /> : null}
      </Draft>
    );
  return (
    <Page {...heads.form} title="Compilazione">
      <QueryState query={query}>
        <Alert kind="warning" title="Questa pratica non esiste o non è tua">
          <Link to={mineCrumb.to}>Vai alle tue pratiche</Link>
        </Alert>
      </QueryState>
    </Page>
  );
}

function Draft(props: { readonly loaded: Practice; readonly form: Form; readonly children: ReactNode }) {
  const { loaded, form, children } = props;
  const { step: place = '1' } = useParams();
  const draft = useDraft(loaded);
  const { practice } = draft;
  const wanted = loaded.template?.requiredAttachments;
  const steps = useMemo(() => stepsOf(form.fields, wanted ?? []), [form, wanted]);
  const isReview = place === 'riepilogo';
  const index = isReview ? steps.length : Math.min(Math.max(Number(place) || 1, 1), steps.length) - 1;
  const step = steps[index];
  const base = `/pratiche/compila/${practice.id}`;
  const isComplete = (at: number) => !practice.problems.some(({ path }) => stepOfPath(steps, path) === at);
  return (
    <Page
      {...heads.form}
      title={step?.title ?? 'Riepilogo'}
      lead={practice.child === null ? practice.title : `${practice.title}, per ${fullName(practice.child)}`}
    >
      <Stepper
        current={index}
        steps={[
          ...steps.map(({ title }, at) => ({ title, to: `${base}/${at + 1}`, isComplete: isComplete(at) })),
          { title: 'Riepilogo', to: `${base}/riepilogo`, isComplete: false },
        ]}
      />
      {children}
      <DraftNotice draft={draft} />
      {step === undefined ? (
        <Review draft={draft} form={form} steps={steps} base={base} />
      ) : (
        <StepForm key={index} draft={draft} form={form} steps={steps} step={step} index={index} base={base} />
      )}
    </Page>
  );
}

interface StepFormProps {
  readonly draft: DraftState;
  readonly form: Form;
  readonly steps: readonly FormStep[];
  readonly step: FormStep;
  readonly index: number;
  readonly base: string;
}

function StepForm({ draft, form, steps, step, index, base }: StepFormProps) {
  const navigate = useNavigate();
  const [missing, setMissing] = useState<readonly PortalFieldProblemFragment[]>([]);
  const ofThisStep = (path: string) => stepOfPath(steps, path) === index;
  const problems = [
    ...draft.refused,
    ...missing.filter(({ path }) => !draft.refused.some((one) => one.path === path)),
  ];
  const entries = useMemo(
    () =>
      [...draft.refused, ...missing].map(({ path, message }) => ({
        fieldId: stepOfPath(steps, path) === index ? controlId(path) : null,
        text: message,
      })),
    [draft.refused, missing, steps, index],
  );
  const place = useRef<HTMLFormElement>(null);
  /** Saves, unless a date cannot be read: it would be saved as an empty one. */
  const save = async () => {
    const unreadable =
      step.kind === 'fields' ? answerProblems(step.fields, unreadableDates(place.current)) : [];
    if (unreadable.length === 0) return draft.save();
    setMissing(unreadable);
    return undefined;
  };
  const goOn = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await save();
    if (saved === undefined) return;
    if (saved === null) return setMissing([]);
    const found = saved.problems.filter(({ path }) => ofThisStep(path));
    setMissing(found);
    if (found.length === 0)
      void navigate(index + 1 < steps.length ? `${base}/${index + 2}` : `${base}/riepilogo`);
  };
  const suspend = async () => {
    const saved = await save();
    if (saved) void navigate(mineCrumb.to, { state: { suspended: saved.title } });
  };
  return (
    <form ref={place} onSubmit={goOn} noValidate className="portal-form">
      <ProblemSummary title="Controlla questi dati" problems={entries} />
      {step.kind === 'attachments' ? (
        <Attachments draft={draft} problems={problems} />
      ) : (
        <FormFields
          fields={step.fields}
          all={form.fields}
          groups={form.choiceGroups}
          answers={draft.practice.answers}
          values={draft.values}
          problems={problems}
          onChange={(changes) => {
            setMissing((before) => before.filter(({ path }) => !(path.replace('answers.', '') in changes)));
            draft.type(changes);
          }}
        />
      )}
      {draft.failed === null ? null : (
        <RequestFailed problem={draft.failed} onRetry={() => document.getElementById('next')?.click()} />
      )}
      <div className="portal-actions portal-form-actions">
        {index === 0 ? null : (
          <Link className="btn btn-outline-primary" to={`${base}/${index}`}>
            Indietro
          </Link>
        )}
        <button
          type="button"
          className="btn btn-outline-primary"
          disabled={draft.isSaving}
          onClick={() => void suspend()}
        >
          SOSPENDI
        </button>
        <button id="next" type="submit" className="btn btn-primary" disabled={draft.isSaving}>
          {draft.isSaving ? 'Salvataggio…' : 'Avanti'}
        </button>
      </div>
    </form>
  );
}
