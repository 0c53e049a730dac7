import { PortalCategories } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { useSession } from '../sign-in/use-session.ts';
import { LinkCard, Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';

/** Elenco pratiche: the categories of what can be applied for. */
export function OpeningPage() {
  const { isBusiness } = useSession();
  const query = usePageQuery(PortalCategories, { audience: isBusiness ? 'BUSINESSES' : 'CITIZENS' });
  const categories = query.data?.practiceCategories ?? [];
  return (
    <Page {...heads.opening}>
      <QueryState query={query}>
        <h2 className="visually-hidden">Elenco pratiche</h2>
        <div className="portal-cards">
          {categories.map(({ code, title, procedures }) => (
            <LinkCard
              key={code}
              title={title}
              text={procedures.length === 1 ? '1 procedimento' : `${procedures.length} procedimenti`}
              to={`/pratiche/apertura/${encodeURIComponent(code)}`}
              action="Vedi le pratiche"
            />
          ))}
        </div>
        {categories.length === 0 ? <p>Al momento nessuna pratica si può presentare online.</p> : null}
      </QueryState>
    </Page>
  );
}
