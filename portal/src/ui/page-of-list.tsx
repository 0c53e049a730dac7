import type { ReactNode } from 'react';
import type { PageQuery } from '../api/use-page-query.ts';
import { Pager } from './pager.tsx';
import { Missing } from './query-state.tsx';
import type { usePages } from './use-pages.ts';

interface PageFound {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** One page of a list: how many were found, the rows and the pager; or why the list is missing. */
export function PageOfList<Found extends PageFound>(props: {
  readonly query: PageQuery<unknown>;
  readonly pages: ReturnType<typeof usePages>;
  readonly found: Found | null | undefined;
  /** Where the list is in the answer; the first place with an error says why it is missing. */
  readonly paths: readonly string[];
  /** Shape: `Le tue pratiche`. */
  readonly what: string;
  /** Shape: `Trovata 1 pratica`. */
  countText(count: number): string;
  children(found: Found): ReactNode;
}) {
  const { query, pages, found } = props;
  if (found === null || found === undefined) {
    const reason = props.paths.map(query.missing).find((text) => text !== null) ?? null;
    return <Missing what={props.what} reason={reason} onRetry={query.reload} />;
  }
  return (
    <>
      <p role="status">{props.countText(found.totalCount)}</p>
      {props.children(found)}
      <Pager
        pageNumber={pages.pageNumber}
        hasNext={found.pageInfo.hasNextPage}
        onPrevious={pages.previous}
        onNext={() => pages.next(found.pageInfo.endCursor)}
      />
    </>
  );
}
