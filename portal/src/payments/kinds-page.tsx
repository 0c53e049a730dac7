import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { PortalPaymentKinds } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { TextField } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { PageOfList } from '../ui/page-of-list.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { usePages } from '../ui/use-pages.ts';

/** The kinds of payment that need no notice, by name. */
export function KindsPage() {
  const [params, setParams] = useSearchParams();
  const pages = usePages();
  const search = params.get('cerca') ?? '';
  const query = usePageQuery(PortalPaymentKinds, { search: search || null, after: pages.after });
  const found = query.data?.paymentKinds;
  return (
    <Page {...heads.paymentKinds}>
      <KindSearch
        key={search}
        search={search}
        onSearch={(text) => {
          pages.first();
          setParams(text === '' ? {} : { cerca: text });
        }}
      />
      <QueryState query={query}>
        <PageOfList
          query={query}
          pages={pages}
          found={found}
          paths={['paymentKinds']}
          what="L’elenco delle tipologie"
          countText={(count) => (count === 1 ? 'Trovata 1 tipologia' : `Trovate ${count} tipologie`)}
        >
          {(found) => (
            <ul className="portal-kinds">
              {found.edges.map(({ node }) => (
                <li key={node.id}>
                  <Link to={`/pagamenti/spontaneo/${node.id}?${new URLSearchParams({ nome: node.name })}`}>
                    {node.name}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </PageOfList>
      </QueryState>
    </Page>
  );
}

function KindSearch(props: { readonly search: string; onSearch(text: string): void }) {
  const [text, setText] = useState(props.search);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSearch(text.trim());
  };
  return (
    <form className="portal-search" onSubmit={submit}>
      <div className="portal-search-fields">
        <TextField
          id="cerca"
          label="Cerca una tipologia"
          type="search"
          maxLength={100}
          value={text}
          onChange={setText}
        />
        <button type="submit" className="btn btn-primary btn-icon">
          <Icon name="search" className="icon-white icon-sm" />
          <span>Cerca</span>
        </button>
      </div>
    </form>
  );
}
