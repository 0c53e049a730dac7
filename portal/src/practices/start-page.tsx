import { isProblem } from '@school-services/client';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import {
  PortalStart,
  PortalStartPractice,
  type PortalStartPracticeMutation,
  type PortalStartQuery,
} from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { type PageQuery, usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { language, told } from '../language.ts';
import { forgetIdempotencyKey, idempotencyKeyFor } from '../payments/idempotency-key.ts';
import { Alert } from '../ui/alert.tsx';
import { Checkbox, ChoiceField } from '../ui/fields.tsx';
import { fullName } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { type FieldProblemEntry, ProblemSummary } from '../ui/problem-summary.tsx';
import { Missing, QueryState, RequestFailed } from '../ui/query-state.tsx';
import { unreadableDates } from '../ui/unreadable-dates.ts';
import { useTyped } from '../ui/use-typed.ts';
import { openingCrumb } from './crumbs.ts';
import { emptyChild, missingOfNewChild, NewChildFields } from './new-child-fields.tsx';

type Template = NonNullable<PortalStartQuery['practiceTemplate']>;
type Child = NonNullable<NonNullable<PortalStartQuery['me']>['children']>[number];
type Result = NonNullable<PortalStartPracticeMutation['startPractice']>;

const anotherChild = 'new';

/** After the sign-in and before the form: the privacy notice, and whom the application is about. */
export function StartPage() {
  const { templateId = '' } = useParams();
  const query = usePageQuery(PortalStart, { templateId });
  const template = query.data?.practiceTemplate;
  return (
    <Page {...heads.start} lead={template === null || template === undefined ? undefined : template.title}>
      <QueryState query={query}>
        {template === null || template === undefined ? (
          <Alert kind="warning" title="Questo modello non esiste">
            <Link to={openingCrumb.to}>Torna alle pratiche</Link>
          </Alert>
        ) : (
          <StartForm template={template} query={query} />
        )}
      </QueryState>
    </Page>
  );
}

function StartForm(props: { readonly template: Template; readonly query: PageQuery<PortalStartQuery> }) {
  const { template, query } = props;
  const children = query.data?.me?.children ?? null;
  const [hasRead, setRead] = useTyped('privacy', false);
  const [childId, setChildId] = useTyped('child', children?.length === 1 ? (children[0]?.id ?? '') : '');
  const [newChild, setNewChild] = useTyped('new child', emptyChild);
  const { problems, setProblems, refusal, start, action } = useStart(template);
  if (template.concernsChild && children === null)
    return <Missing what="I figli" reason={query.missing('me.children')} onRetry={query.reload} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const unreadable = unreadableDates(event.currentTarget);
    const found: FieldProblemEntry[] = [
      ...(hasRead
        ? []
        : [
            {
              fieldId: 'privacy',
              text: told(
                'Per proseguire conferma di aver letto l’informativa.',
                'To go on, confirm that you have read the privacy notice.',
              ),
            },
          ]),
      ...(template.concernsChild && childId === ''
        ? [
            {
              fieldId: 'child',
              text: told('Scegli per chi è la domanda.', 'Choose the child of the application.'),
            },
          ]
        : []),
      ...unreadable,
      ...(childId === anotherChild ? missingOfNewChild(newChild) : []).filter(
        ({ fieldId }) => !unreadable.some((one) => one.fieldId === fieldId),
      ),
    ];
    setProblems(found);
    if (found.length > 0) return;
    void start(childId === anotherChild ? { newChild } : childId === '' ? {} : { childId });
  };
  const problemAt = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.text;
  return (
    <form onSubmit={submit} noValidate className="portal-form">
      <ProblemSummary title="Per avviare la pratica" problems={problems} />
      {refusal}
      <h2>Informativa sulla privacy</h2>
      <p>
        Il Comune tratta i dati della domanda per erogare il servizio richiesto (Regolamento UE 2016/679,
        articolo 13). Il testo completo è nell’<Link to="/privacy">informativa privacy</Link>.
      </p>
      <Checkbox
        id="privacy"
        label="Ho letto e compreso l’informativa sulla privacy"
        isRequired
        isChecked={hasRead}
        problem={problemAt('privacy')}
        onChange={setRead}
      />
      {template.concernsChild ? (
        <ChildChoice
          people={children ?? []}
          chosen={childId}
          problem={problemAt('child')}
          onChoose={setChildId}
        />
      ) : null}
      {childId === anotherChild ? (
        <NewChildFields child={newChild} problemAt={problemAt} onChange={setNewChild} />
      ) : null}
      {action.problem === null ? null : (
        <RequestFailed problem={action.problem} onRetry={() => document.getElementById('start')?.click()} />
      )}
      <p className="portal-actions">
        <button id="start" type="submit" className="btn btn-primary" disabled={action.isRunning}>
          {action.isRunning ? 'Un momento…' : 'Avanti'}
        </button>
      </p>
    </form>
  );
}

function ChildChoice(props: {
  readonly people: readonly Child[];
  readonly chosen: string;
  readonly problem: string | undefined;
  onChoose(id: string): void;
}) {
  const { people, chosen, problem, onChoose } = props;
  const choices = [
    ...people.map((one) => [one.id, fullName(one)] as const),
    [anotherChild, 'Un altro bambino, che non è in elenco'] as const,
  ];
  return (
    <ChoiceField id="child" label="Per chi è la domanda?" isRequired problem={problem}>
      {choices.map(([id, label]) => (
        <Checkbox
          key={id}
          id={`child-${id}`}
          type="radio"
          name="child"
          label={label}
          isChecked={chosen === id}
          onChange={() => onChoose(id)}
        />
      ))}
    </ChoiceField>
  );
}

type About = { childId?: string; newChild?: typeof emptyChild };

/** AVVIA PRATICA: the same child and model come to the same draft, however often it is asked for. */
function useStart(template: Template) {
  const navigate = useNavigate();
  const action = useAction(PortalStartPractice);
  const [problems, setProblems] = useState<readonly FieldProblemEntry[]>([]);
  const [refused, setRefused] = useState<Result | null>(null);
  const start = async (about: About) => {
    const intent = `start ${template.id} ${JSON.stringify(about)}`;
    setRefused(null);
    const result = await action.run({
      input: { templateId: template.id, ...about, idempotencyKey: idempotencyKeyFor(intent) },
    });
    if (result === null) return;
    forgetIdempotencyKey(intent);
    if (result.__typename === 'PracticeStarted') return navigate(`/pratiche/compila/${result.practice.id}/1`);
    if (result.__typename === 'AnswersInvalid')
      return setProblems(result.problems.map(({ path, message }) => ({ fieldId: path, text: message })));
    setRefused(result);
  };
  const refusal =
    refused === null || !isProblem(refused) ? null : (
      <Alert kind="warning" title={refused.message} language={language} isUrgent>
        {refused.__typename === 'AlreadyFiled' ? (
          <Link to={`/pratiche/${refused.practice.id}`}>Vai alla domanda già presentata</Link>
        ) : null}
      </Alert>
    );
  return { problems, setProblems, refusal, start, action };
}
