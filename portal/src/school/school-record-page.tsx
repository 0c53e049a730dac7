import { useState } from 'react';
import { Link } from 'react-router';
import {
  type PortalReceivedShareFragment,
  PortalSchoolRecord,
  type PortalSchoolRecordQuery,
} from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Facts } from '../ui/facts.tsx';
import { fullName, longDay, today } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { Missing, QueryState } from '../ui/query-state.tsx';
import { addressText } from './address.ts';
import { Attendance } from './attendance.tsx';
import { accessText, enrolmentLabels, paymentMethods } from './labels.ts';
import { scopesText, shareOf } from './sharing-labels.ts';

type Citizen = NonNullable<PortalSchoolRecordQuery['me']>;
type Child = NonNullable<Citizen['children']>[number];

/** Who is signed in, the household, and each child with enrolments and attendance. */
export function SchoolRecordPage() {
  const [month] = useState(() => today().slice(0, 7));
  const query = usePageQuery(PortalSchoolRecord, { month });
  const citizen = query.data?.me;
  return (
    <Page {...heads.schoolRecord}>
      <QueryState query={query}>
        {citizen === null || citizen === undefined ? null : (
          <>
            <Applicant citizen={citizen} query={query} />
            <h2>Figli</h2>
            <Children citizen={citizen} query={query} month={month} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

interface Part {
  readonly citizen: Citizen;
  readonly query: { missing(path: string): string | null; reload(): void };
}

function Applicant({ citizen, query }: Part) {
  const { household, residence } = citizen;
  const reason = query.missing('me.residence') ?? query.missing('me.household');
  return (
    <section className="portal-panel" aria-labelledby="applicant">
      <h2 id="applicant">{fullName(citizen)}</h2>
      <Facts
        rows={[
          ['Codice fiscale', citizen.codiceFiscale],
          ['Data di nascita', citizen.birthDate === null ? null : longDay(citizen.birthDate)],
          ['Residenza', residence === null ? null : addressText(residence)],
          ['E-mail', citizen.email],
          ['Telefono', citizen.phone],
        ]}
      />
      {reason === null ? null : (
        <Missing what="Residenza e nucleo familiare" reason={reason} onRetry={query.reload} />
      )}
      {household === null || household.length === 0 ? null : (
        <>
          <h3>Nucleo familiare</h3>
          <ul>
            {household.map((member) => (
              <li key={`${fullName(member)} ${member.birthDate}`}>
                {fullName(member)}, {member.relationship}, nascita {longDay(member.birthDate)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Children({ citizen, query, month }: Part & { readonly month: string }) {
  const { children } = citizen;
  if (children === null)
    return <Missing what="I figli" reason={query.missing('me.children')} onRetry={query.reload} />;
  if (children.length === 0)
    return (
      <Alert kind="info" title="Non risulta nessun figlio">
        <p>
          Qui compaiono i minori del tuo nucleo familiare e i bambini per cui hai presentato una domanda. Puoi{' '}
          <Link to="/pratiche/apertura">presentare una domanda di iscrizione</Link>.
        </p>
      </Alert>
    );
  return children.map((child) => (
    <ChildCard key={child.id} citizen={citizen} child={child} query={query} month={month} />
  ));
}

function ChildCard(props: Part & { readonly child: Child; readonly month: string }) {
  const { citizen, child, query, month } = props;
  const share = shareOf(citizen.receivedShares, child.id);
  const isApplicant = child.schoolAccess === 'APPLICANT';
  return (
    <section className="portal-panel" aria-labelledby={child.id}>
      <h3 id={child.id}>{fullName(child)}</h3>
      <Facts
        rows={[
          ['Codice fiscale', child.codiceFiscale],
          ['Data di nascita', child.birthDate === null ? null : longDay(child.birthDate)],
          ['Luogo di nascita', child.birthPlace],
          ['Residenza', child.residence === null ? null : addressText(child.residence)],
        ]}
      />
      <AccessNotice child={child} share={share} />
      <Enrolments child={child} query={query} />
      {isApplicant || share?.scopes.includes('ATTENDANCE') || child.attendance?.days.length ? (
        <Attendance
          childId={child.id}
          childName={child.firstName}
          firstMonth={month}
          first={child.attendance}
          reason={query.missing('me.children.attendance')}
          onRetry={query.reload}
        />
      ) : null}
      {isApplicant ? (
        <ul className="portal-links">
          <li>
            <Link to={`/servizi-scolastici/figli/${child.id}/condivisione`}>
              Condividi i dati di {child.firstName} con l’altro genitore
            </Link>
          </li>
          <li>
            <Link to={`/servizi-scolastici/figli/${child.id}/accessi`}>
              Chi ha visto i dati di {child.firstName}
            </Link>
          </li>
        </ul>
      ) : null}
    </section>
  );
}

/** Why school data are missing, or which of them another person shows. */
function AccessNotice(props: { readonly child: Child; readonly share: PortalReceivedShareFragment | null }) {
  const { child, share } = props;
  const notice = accessText(child.schoolAccess, child.firstName);
  if (notice === null && share === null) return null;
  const isShared = share !== null || child.schoolAccess === 'SHARED';
  return (
    <Alert kind="info" title={isShared ? 'Dati condivisi con te' : 'Perché non vedi i dati scolastici'}>
      {notice === null ? null : <p>{notice}</p>}
      {share === null ? null : (
        <p>
          {scopesText(share.scopes)}
          {share.endsOn === null ? '' : `, fino al ${longDay(share.endsOn)} compreso`}.
        </p>
      )}
    </Alert>
  );
}

function Enrolments({ child, query }: { readonly child: Child; readonly query: Part['query'] }) {
  const { enrolments } = child;
  if (enrolments === null)
    return (
      <Missing what="Le iscrizioni" reason={query.missing('me.children.enrolments')} onRetry={query.reload} />
    );
  if (enrolments.length === 0) return child.schoolAccess === 'APPLICANT' ? <p>Nessuna iscrizione.</p> : null;
  const current = enrolments.filter(({ status }) => status !== 'ENDED');
  const past = enrolments.filter(({ status }) => status === 'ENDED');
  return (
    <>
      <h4>Iscrizioni ai servizi scolastici</h4>
      {current.length === 0 ? <p>Nessuna iscrizione per quest’anno.</p> : <EnrolmentList rows={current} />}
      {past.length === 0 ? null : (
        <details className="portal-more">
          <summary>Anni scolastici conclusi ({past.length})</summary>
          <EnrolmentList rows={past} />
        </details>
      )}
    </>
  );
}

function EnrolmentList({ rows }: { readonly rows: NonNullable<Child['enrolments']> }) {
  return (
    <ul className="portal-list">
      {rows.map((enrolment) => {
        const [text, kind] = labelOf(enrolmentLabels, enrolment.status);
        const { practice } = enrolment;
        return (
          <li key={enrolment.id}>
            <p className="portal-list-title">
              {enrolment.service.name}, anno scolastico {enrolment.schoolYear}{' '}
              <Badge text={text} kind={kind} />
            </p>
            <Facts
              rows={[
                ['Scuola', enrolment.school.name],
                ['Classe', enrolment.classroom],
                ['Dal', enrolment.startsOn === null ? null : longDay(enrolment.startsOn)],
                ['Al', enrolment.endsOn === null ? null : longDay(enrolment.endsOn)],
                ['Pagamento', paymentMethods[enrolment.paymentMethod] ?? 'Da verificare con l’ufficio'],
                ['Dieta', enrolment.diet],
                ['Pratica', practice === null ? null : <PracticeLink key="practice" {...practice} />],
              ]}
            />
          </li>
        );
      })}
    </ul>
  );
}

function PracticeLink({ id, title }: { readonly id: string; readonly title: string }) {
  return <Link to={`/pratiche/${id}`}>{title}</Link>;
}
