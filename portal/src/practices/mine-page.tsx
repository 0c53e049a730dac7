import { Link, useLocation, useSearchParams } from 'react-router';
import {
  type PortalPracticeCardFragment,
  PortalPractices,
  type PracticeStatus,
} from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { SelectField } from '../ui/fields.tsx';
import { fullName, longDay, moment } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { PageOfList } from '../ui/page-of-list.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { usePages } from '../ui/use-pages.ts';
import { channels, practiceLabels } from './labels.ts';

const filters: readonly (readonly [string, string])[] = Object.entries(practiceLabels).map(
  ([status, [text]]) => [status, text] as const,
);

/** Consultazione pratiche: everything that was started or filed, newest first. */
export function MinePage() {
  const [params, setParams] = useSearchParams();
  const pages = usePages();
  const status = params.get('stato') ?? '';
  const query = usePageQuery(PortalPractices, {
    status: status in practiceLabels ? [status as PracticeStatus] : null,
    after: pages.after,
  });
  const { me, myBusiness } = query.data ?? {};
  const found = me?.practices ?? myBusiness?.practices;
  return (
    <Page {...heads.mine}>
      <Suspended />
      <div className="portal-search">
        <SelectField
          id="stato"
          label="Stato"
          value={status}
          empty="Tutte"
          options={filters}
          onChange={(value) => {
            pages.first();
            setParams(value === '' ? {} : { stato: value });
          }}
        />
      </div>
      <QueryState query={query}>
        <PageOfList
          query={query}
          pages={pages}
          found={found}
          paths={['me.practices', 'myBusiness.practices']}
          what="Le tue pratiche"
          countText={(count) => (count === 1 ? 'Trovata 1 pratica' : `Trovate ${count} pratiche`)}
        >
          {(found) => (
            <ul className="portal-list">
              {found.edges.map(({ node }) => (
                <li key={node.id}>
                  <PracticeRow practice={node} />
                </li>
              ))}
            </ul>
          )}
        </PageOfList>
      </QueryState>
    </Page>
  );
}

function Suspended() {
  const { state } = useLocation();
  const { suspended } = (state ?? {}) as { suspended?: string };
  if (suspended === undefined) return null;
  return (
    <Alert kind="success" title="La bozza è salvata" isUrgent>
      <p>Puoi riprendere «{suspended}» quando vuoi, anche da un altro dispositivo.</p>
    </Alert>
  );
}

export function PracticeRow({ practice }: { readonly practice: PortalPracticeCardFragment }) {
  const { id, title, status, child, protocollo, submittedAt, updatedAt, expectedBy, channel } = practice;
  const [text, kind] = labelOf(practiceLabels, status);
  return (
    <>
      <p className="portal-list-title">
        <Link to={`/pratiche/${id}`}>{title}</Link> <Badge text={text} kind={kind} />
      </p>
      <p className="portal-list-text">
        {child === null ? '' : `Per ${fullName(child)}. `}
        {submittedAt === null ? `Salvata il ${moment(updatedAt)}. ` : `Inviata il ${moment(submittedAt)}. `}
        {protocollo === null ? '' : `Protocollo ${protocollo.number}/${protocollo.year}. `}
        {expectedBy === null ? '' : `Esito atteso entro il ${longDay(expectedBy)}. `}
        {channel === 'ONLINE' ? '' : `Presentata: ${channels[channel] ?? 'altrove'}.`}
      </p>
      {status === 'DRAFT' ? (
        <Link className="btn btn-outline-primary btn-sm" to={`/pratiche/compila/${id}/1`}>
          Riprendi<span className="visually-hidden"> {title}</span>
        </Link>
      ) : null}
      {status === 'INTEGRATION_REQUESTED' ? (
        <Link className="btn btn-primary btn-sm" to={`/pratiche/${id}/integra`}>
          Rispondi all’ufficio<span className="visually-hidden"> per {title}</span>
        </Link>
      ) : null}
    </>
  );
}
