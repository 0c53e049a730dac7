import { PortalHome } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { LinkCard, Page } from '../ui/page.tsx';
import { Loading, Missing } from '../ui/query-state.tsx';
import { placeOf } from './places.ts';

export interface AreaPageProps {
  readonly title: string;
  /** Its address, by which the town's menu is searched for its card. */
  readonly path: string;
  /** What the area has here in any case, also while the menu cannot be read. */
  readonly pages: readonly { readonly title: string; readonly text: string; readonly to: string }[];
}

/** The entries of one card of the town's menu. */
export function AreaPage({ title, path, pages }: AreaPageProps) {
  const query = usePageQuery(PortalHome, { audience: 'CITIZENS' });
  const area = query.data?.serviceAreas?.find((candidate) => placeOf(candidate)?.to === path);
  const entries = area?.services.map((entry) => ({
    ...entry,
    text: entry.description,
    place: placeOf(entry),
  }));
  return (
    <Page title={title} lead={area?.description}>
      {query.problem === null ? null : (
        <Missing what="Il menu del Comune" reason={query.problem.text} onRetry={query.reload} />
      )}
      <h2 className="visually-hidden">Tutta l’area {title.toLowerCase()}</h2>
      {query.isLoading && query.problem === null ? (
        <Loading />
      ) : (
        <div className="portal-cards">
          {entries === undefined || entries.length === 0
            ? pages.map((entry) => <LinkCard key={entry.to} {...entry} />)
            : entries.map(({ id, title: name, text, place }) =>
                place === null ? null : <LinkCard key={id} title={name} text={text} {...place} />,
              )}
        </div>
      )}
    </Page>
  );
}
