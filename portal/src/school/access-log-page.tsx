import { Link, useParams, useSearchParams } from 'react-router';
import { PortalAccessLog, type PortalAccessLogQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { fullName, shortDay } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { PageOfList } from '../ui/page-of-list.tsx';
import { PeriodForm } from '../ui/period-form.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { usePages } from '../ui/use-pages.ts';
import { actionText, actorText } from './sharing-labels.ts';
import { ApplicantOnly, UnknownChild } from './sharing-page.tsx';

type Child = NonNullable<PortalAccessLogQuery['child']>;
type Log = NonNullable<Child['accessLog']>;

/** Who looked at the school data of one child, day by day: for the applicant. */
export function AccessLogPage() {
  const { childId = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const pages = usePages();
  const query = usePageQuery(PortalAccessLog, {
    childId,
    from: params.get('dal') || null,
    to: params.get('al') || null,
    after: pages.after,
  });
  const child = query.data?.child;
  const isRefused = child?.accessLog === null && query.missing('child.accessLog') === null;
  return (
    <Page
      {...heads.accessLog}
      lead={child ? `${fullName(child)}: chi ha letto o modificato i suoi dati scolastici.` : undefined}
    >
      <PeriodForm
        params={params}
        labels={['Dal giorno', 'Al giorno']}
        onSearch={(next) => {
          pages.first();
          setParams(next);
        }}
      />
      <QueryState query={query}>
        {!child ? (
          <UnknownChild />
        ) : isRefused ? (
          <ApplicantOnly child={child} />
        ) : (
          <>
            <PageOfList
              query={query}
              pages={pages}
              found={child.accessLog}
              paths={['child.accessLog']}
              what="L’elenco degli accessi"
              countText={(count) => (count === 1 ? 'Trovata 1 riga' : `Trovate ${count} righe`)}
            >
              {(log) => <LogTable log={log} />}
            </PageOfList>
            <p className="portal-actions">
              <Link to={`/servizi-scolastici/figli/${child.id}/condivisione`}>
                Condivisione dei dati di {child.firstName}
              </Link>
            </p>
          </>
        )}
      </QueryState>
    </Page>
  );
}

function LogTable({ log }: { readonly log: Log }) {
  if (log.edges.length === 0) return null;
  return (
    <table className="portal-table">
      <caption className="visually-hidden">
        Accessi ai dati, una riga per giorno, persona e tipo di dato
      </caption>
      <thead>
        <tr>
          {['Giorno', 'Chi', 'Che cosa', 'Quante volte', 'Rifiutate'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {log.edges.map(({ cursor, node }) => (
          <tr key={cursor}>
            <td data-label="Giorno">{shortDay(node.day)}</td>
            <td data-label="Chi">{actorText(node.actor)}</td>
            <th scope="row" data-label="Che cosa">
              {actionText(node.action)}
            </th>
            <td data-label="Quante volte" className="number">
              {node.count}
            </td>
            <td data-label="Rifiutate" className="number">
              {node.refused}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
