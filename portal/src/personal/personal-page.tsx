import { Link } from 'react-router';
import { PortalPersonalArea, type PortalPersonalAreaQuery } from '../api/operations.generated.ts';
import { type PageQuery, usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { PracticeRow } from '../practices/mine-page.tsx';
import { useSession } from '../sign-in/use-session.ts';
import { euro, longDay } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { Missing, QueryState } from '../ui/query-state.tsx';

type Citizen = NonNullable<PortalPersonalAreaQuery['me']>;
type Query = PageQuery<PortalPersonalAreaQuery>;

/** What is going on for whoever is signed in: their latest applications, and what is to be paid. */
export function PersonalPage() {
  const { name, isBusiness } = useSession();
  const query = usePageQuery(PortalPersonalArea, {});
  const owner = query.data?.me ?? query.data?.myBusiness;
  const root = isBusiness ? 'myBusiness' : 'me';
  return (
    <Page {...heads.personalArea} lead={name}>
      <QueryState query={query}>
        {owner === null || owner === undefined ? null : (
          <>
            <Practices practices={owner.practices} query={query} path={`${root}.practices`} />
            <Debts debts={owner.debts} query={query} path={`${root}.debts`} isBusiness={isBusiness} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

function Practices(props: {
  readonly practices: Citizen['practices'];
  readonly query: Query;
  readonly path: string;
}) {
  const { practices, query, path } = props;
  return (
    <section aria-labelledby="practices">
      <h2 id="practices">Le tue pratiche</h2>
      {practices === null ? (
        <Missing what="Le tue pratiche" reason={query.missing(path)} onRetry={query.reload} />
      ) : practices.edges.length === 0 ? (
        <p>
          Non hai ancora presentato pratiche. <Link to="/pratiche/apertura">Apri una pratica</Link>.
        </p>
      ) : (
        <>
          <ul className="portal-list">
            {practices.edges.map(({ node }) => (
              <li key={node.id}>
                <PracticeRow practice={node} />
              </li>
            ))}
          </ul>
          <Link to="/pratiche/mie">Tutte le pratiche ({practices.totalCount})</Link>
        </>
      )}
    </section>
  );
}

function Debts(props: {
  readonly debts: Citizen['debts'];
  readonly query: Query;
  readonly path: string;
  readonly isBusiness: boolean;
}) {
  const { debts, query, path, isBusiness } = props;
  const total = (debts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const [first] = (debts ?? []).flatMap(({ dueOn }) => (dueOn === null ? [] : [dueOn])).sort();
  return (
    <section aria-labelledby="debts">
      <h2 id="debts">Da pagare</h2>
      {debts === null ? (
        <Missing what="I tuoi debiti" reason={query.missing(path)} onRetry={query.reload} />
      ) : debts.length === 0 ? (
        <p>Non hai avvisi da pagare.</p>
      ) : (
        <>
          <p>
            {debts.length === 1 ? '1 avviso' : `${debts.length} avvisi`}, in tutto{' '}
            <strong>{euro(total)}</strong>
            {first === undefined ? '' : `; la prima scadenza è il ${longDay(first)}`}.
          </p>
          <Link
            className="btn btn-primary"
            to={isBusiness ? '/pagamenti/avviso' : '/servizi-scolastici/pagamento'}
          >
            Vai ai pagamenti
          </Link>
        </>
      )}
      <p className="portal-actions">
        <Link to="/pagamenti/archivio">Pagamenti fatti ed estratto conto</Link>
      </p>
    </section>
  );
}
