import { waitForNumber } from '@school-services/client';
import { useCallback } from 'react';
import { Link, useParams } from 'react-router';
import { PortalPractice, type PortalPracticeQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { useWait } from '../api/use-wait.ts';
import { heads } from '../heads.ts';
import { Rating } from '../rating/rating.tsx';
import { Alert } from '../ui/alert.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { Facts } from '../ui/facts.tsx';
import { longDay, moment } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { useKept } from '../ui/use-kept.ts';
import { mineCrumb } from './crumbs.ts';
import { standingOf } from './labels.ts';
import { NextStep } from './practice-page.tsx';

type Practice = NonNullable<PortalPracticeQuery['practice']>;

/** The protocol register answers within seconds as a rule; the application is filed without it, too. */
const askAgainMs = 1_500;
const patienceMs = 120_000;

/** After INVIA: what was filed, its number as soon as it has one, and what happens next. */
export function ConfirmationPage() {
  const { practiceId = '' } = useParams();
  const query = usePageQuery(PortalPractice, { id: practiceId });
  const practice = useKept(query.data?.practice);
  const { reload } = query;
  const hasSummary = practice?.summary != null;
  const wait = useCallback<typeof waitForNumber>(
    // The summary is there before the number, and without one while the protocol register is down.
    (client, id, options) =>
      waitForNumber(client, id, {
        ...options,
        everyMs: askAgainMs,
        onWaiting: hasSummary ? undefined : reload,
      }),
    [hasSummary, reload],
  );
  useWait(practice?.status === 'SUBMITTED' ? practice.id : null, wait, reload, patienceMs);
  return (
    <Page {...heads.confirmation} lead={practice?.title}>
      {practice === null || practice.status === 'DRAFT' ? (
        <QueryState query={query}>
          <Alert kind="warning" title="Questa domanda non risulta inviata">
            <Link to={mineCrumb.to}>Vai alle tue pratiche</Link>
          </Alert>
        </QueryState>
      ) : (
        <Confirmed practice={practice} reload={query.reload} />
      )}
    </Page>
  );
}

function Confirmed({ practice, reload }: { readonly practice: Practice; reload(): void }) {
  const { status, channel, protocollo, submittedAt, expectedBy, summary, template } = practice;
  const email = emailOf(practice);
  const isOpen = status === 'SUBMITTED' || status === 'REGISTERED';
  return (
    <>
      {status === 'INTEGRATION_REQUESTED' ? (
        <NextStep practice={practice} />
      ) : (
        <Standing practice={practice} />
      )}
      <Facts
        rows={[
          ['Inviata il', submittedAt === null ? null : moment(submittedAt)],
          ['Protocollo', protocollo === null ? null : `${protocollo.number}/${protocollo.year}`],
          ['Presa in carico il', protocollo === null ? null : moment(protocollo.registeredAt)],
          ['Esito atteso entro il', expectedBy === null ? null : longDay(expectedBy)],
          ['E-mail indicata', email],
        ]}
      />
      {summary !== null ? (
        <DocumentLink file={summary} onExpired={reload}>
          Scarica la ricevuta della domanda (PDF)
        </DocumentLink>
      ) : isOpen && channel === 'ONLINE' ? (
        <p className="portal-hint">La ricevuta in PDF è in preparazione.</p>
      ) : null}
      {isOpen ? <WhatHappensNow days={template?.decidedWithinDays ?? null} /> : null}
      <p className="portal-actions">
        <Link className="btn btn-primary" to={`/pratiche/${practice.id}`}>
          Segui la pratica
        </Link>
        <Link className="btn btn-outline-primary" to="/pratiche/protocolli">
          Consultazione protocolli
        </Link>
      </p>
      {template === null ? null : <Rating service={template.id} occasion={practice.id} />}
    </>
  );
}

function Standing({ practice: { status, protocollo } }: { readonly practice: Practice }) {
  const [kind, title, text] = standingOf(status);
  return (
    <Alert kind={kind} title={title} isUrgent>
      {text === null ? null : <p>{text}</p>}
      {protocollo === null ? null : (
        <p>
          Il numero di protocollo è{' '}
          <strong>
            {protocollo.number}/{protocollo.year}
          </strong>
          .
        </p>
      )}
    </Alert>
  );
}

function WhatHappensNow({ days }: { readonly days: number | null }) {
  return (
    <>
      <h2>Che cosa succede ora</h2>
      <p>
        L’ufficio esamina la domanda{days === null ? '' : ` entro ${days} giorni dalla presa in carico`}. Se
        serve altro te lo chiede: lo trovi, con l’esito, tra le tue pratiche e nella consultazione protocolli.
      </p>
    </>
  );
}

/** The answer to the form's field that takes an e-mail address. */
function emailOf({ form, answers }: Practice): string | null {
  const field = form?.fields.find(({ rule }) => rule === 'EMAIL');
  return answers.find(({ code }) => code === field?.code)?.value ?? null;
}
