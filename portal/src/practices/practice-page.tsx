import { Link, useParams } from 'react-router';
import { PortalPractice, type PortalPracticeQuery } from '../api/operations.generated.ts';
import { type PageQuery, usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Contact } from '../ui/contact.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { Facts } from '../ui/facts.tsx';
import { fullName, longDay, moment } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { Missing, QueryState } from '../ui/query-state.tsx';
import { mineCrumb } from './crumbs.ts';
import { answerText } from './form-model.ts';
import { channels, practiceLabels } from './labels.ts';
import { Milestones } from './milestones.tsx';
import { Withdraw } from './withdraw.tsx';

type Practice = NonNullable<PortalPracticeQuery['practice']>;

/** One application: where it stands, until when it is decided, and everything that belongs to it. */
export function PracticePage() {
  const { practiceId = '' } = useParams();
  const query = usePageQuery(PortalPractice, { id: practiceId });
  const practice = query.data?.practice;
  const [text, kind] = practice ? labelOf(practiceLabels, practice.status) : ['', 'neutral' as const];
  return (
    <Page
      {...heads.practice}
      title={practice?.title ?? 'Pratica'}
      aside={practice ? <Badge text={text} kind={kind} /> : null}
    >
      <QueryState query={query}>
        {practice === null || practice === undefined ? (
          <Alert kind="warning" title="Questa pratica non esiste o non è tua">
            <Link to={mineCrumb.to}>Vai alle tue pratiche</Link>
          </Alert>
        ) : (
          <Detail practice={practice} query={query} />
        )}
      </QueryState>
    </Page>
  );
}

function Detail({
  practice,
  query,
}: {
  readonly practice: Practice;
  readonly query: PageQuery<PortalPracticeQuery>;
}) {
  const { template, child, protocollo, expectedBy, submittedAt } = practice;
  return (
    <>
      <NextStep practice={practice} />
      <Facts
        rows={[
          ['Per', child === null ? null : fullName(child)],
          ['Inviata il', submittedAt === null ? null : moment(submittedAt)],
          ['Protocollo', protocollo === null ? null : `${protocollo.number}/${protocollo.year}`],
          ['Presa in carico il', protocollo === null ? null : moment(protocollo.registeredAt)],
          ['Esito atteso entro il', expectedBy === null ? null : longDay(expectedBy)],
          ['Esito', protocollo?.outcome],
          ['Presentata', practice.channel === 'ONLINE' ? null : channels[practice.channel]],
        ]}
      />
      {query.missing('practice.protocollo') === null ? null : (
        <Missing what="Il protocollo" reason={query.missing('practice.protocollo')} onRetry={query.reload} />
      )}
      <Milestones history={practice.history} />
      <Files practice={practice} query={query} />
      <Answers practice={practice} />
      {template?.contact ? (
        <>
          <h2>A chi chiedere</h2>
          <Contact office={template.contact} />
        </>
      ) : null}
      <Withdraw practice={practice} onDone={query.reload} />
    </>
  );
}

/** What the applicant does next, if anything. */
export function NextStep({ practice }: { readonly practice: Practice }) {
  const { id, status, integrationRequest, nextRegistrationAttemptAt } = practice;
  if (status === 'DRAFT')
    return (
      <Alert kind="info" title="Questa domanda non è ancora inviata">
        <Link className="btn btn-primary" to={`/pratiche/compila/${id}/1`}>
          Riprendi la compilazione
        </Link>
      </Alert>
    );
  if (status === 'SUBMITTED')
    return (
      <Alert kind="info" title="La domanda è inviata e aspetta il numero di protocollo">
        <p>
          Non devi fare altro.{' '}
          {nextRegistrationAttemptAt === null
            ? ''
            : `Il protocollo non ha ancora risposto: si riprova alle ${moment(nextRegistrationAttemptAt)}.`}
        </p>
      </Alert>
    );
  if (status !== 'INTEGRATION_REQUESTED') return null;
  return (
    <Alert kind="warning" title="L’ufficio ti chiede un’integrazione">
      {integrationRequest === null ? null : (
        <p>
          {integrationRequest.message}
          {integrationRequest.dueOn === null
            ? ''
            : ` Rispondi entro il ${longDay(integrationRequest.dueOn)}.`}
        </p>
      )}
      <Link className="btn btn-primary" to={`/pratiche/${id}/integra`}>
        Rispondi all’ufficio
      </Link>
    </Alert>
  );
}

function Files({
  practice,
  query,
}: {
  readonly practice: Practice;
  readonly query: PageQuery<PortalPracticeQuery>;
}) {
  const { summary, attachments, outcomeDocuments } = practice;
  const issued = outcomeDocuments ?? [];
  return (
    <>
      {outcomeDocuments === null ? (
        <Missing
          what="I documenti dell’ufficio"
          reason={query.missing('practice.outcomeDocuments')}
          onRetry={query.reload}
        />
      ) : null}
      {summary === null && attachments.length === 0 && issued.length === 0 ? null : <h2>Documenti</h2>}
      <ul className="portal-files">
        {issued.map(({ id, title, issuedAt, document }) => (
          <li key={id}>
            {document === null ? (
              `${title} (${moment(issuedAt)}): il file non è disponibile`
            ) : (
              <DocumentLink file={document} onExpired={query.reload}>
                {title}, {moment(issuedAt)}
              </DocumentLink>
            )}
          </li>
        ))}
        {summary === null ? null : (
          <li>
            <DocumentLink file={summary} onExpired={query.reload}>
              Domanda inviata (PDF)
            </DocumentLink>
          </li>
        )}
        {attachments.map(({ id, document }) =>
          document === null ? null : (
            <li key={id}>
              <DocumentLink file={document} icon="clip" onExpired={query.reload}>
                {document.fileName}
              </DocumentLink>
            </li>
          ),
        )}
      </ul>
    </>
  );
}

function Answers({ practice }: { readonly practice: Practice }) {
  const { form, answers } = practice;
  if (form === null || answers.length === 0) return null;
  const values = new Map(answers.map(({ code, value }) => [code, value]));
  return (
    <details className="portal-more">
      <summary>Dati della domanda</summary>
      <Facts
        rows={form.fields
          .filter(({ code, kind }) => kind !== 'NOTE' && values.has(code))
          .map((field) => [field.label, answerText(field, values.get(field.code))] as const)}
      />
    </details>
  );
}
