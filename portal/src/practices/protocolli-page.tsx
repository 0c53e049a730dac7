import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { PortalProtocolli, type PortalProtocolloPageFragment } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { told } from '../language.ts';
import { Badge } from '../ui/badge.tsx';
import { TextField } from '../ui/fields.tsx';
import { moment } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { Page } from '../ui/page.tsx';
import { PageOfList } from '../ui/page-of-list.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { usePages } from '../ui/use-pages.ts';
import { practiceLabels } from './labels.ts';

type Entry = PortalProtocolloPageFragment['edges'][number]['node'];

/** A number within what the API takes as one; null for anything else. */
const numberIn = (text: string | null) => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null);

/** Consultazione protocolli: the protocol register's entries of the caller's applications. */
export function ProtocolliPage() {
  const [params, setParams] = useSearchParams();
  const pages = usePages();
  const query = usePageQuery(PortalProtocolli, {
    year: numberIn(params.get('anno')),
    number: numberIn(params.get('numero')),
    after: pages.after,
  });
  const { me, myBusiness } = query.data ?? {};
  const found = me?.protocolli ?? myBusiness?.protocolli;
  return (
    <Page {...heads.protocolli}>
      <Search
        key={params.toString()}
        params={params}
        onSearch={(next) => {
          pages.first();
          setParams(next);
        }}
      />
      <QueryState query={query}>
        <PageOfList
          query={query}
          pages={pages}
          found={found}
          paths={['me.protocolli', 'myBusiness.protocolli']}
          what="I protocolli"
          countText={(count) => (count === 1 ? 'Trovato 1 protocollo' : `Trovati ${count} protocolli`)}
        >
          {(found) =>
            found.edges.length === 0 ? null : <Entries entries={found.edges.map(({ node }) => node)} />
          }
        </PageOfList>
      </QueryState>
    </Page>
  );
}

function Search(props: { readonly params: URLSearchParams; onSearch(params: URLSearchParams): void }) {
  const [year, setYear] = useState(props.params.get('anno') ?? '');
  const [number, setNumber] = useState(props.params.get('numero') ?? '');
  const [problems, setProblems] = useState<{ year?: string; number?: string }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isYear = year === '' || /^\d{4}$/.test(year);
    const isNumber = number === '' || numberIn(number) !== null;
    setProblems({
      ...(isYear ? {} : { year: told('Indica un anno di quattro cifre.', 'Enter a year of four digits.') }),
      ...(isNumber ? {} : { number: told('Indica un numero.', 'Enter a number.') }),
    });
    if (!isYear || !isNumber) return;
    const next = new URLSearchParams();
    if (year !== '') next.set('anno', year);
    if (number !== '') next.set('numero', number);
    props.onSearch(next);
  };
  return (
    <form className="portal-search" onSubmit={submit} noValidate>
      <h2>Ricerca</h2>
      <div className="portal-search-fields">
        <TextField
          id="anno"
          label="Anno"
          inputMode="numeric"
          maxLength={4}
          value={year}
          problem={problems.year}
          onChange={setYear}
        />
        <TextField
          id="numero"
          label="Numero di protocollo"
          inputMode="numeric"
          maxLength={9}
          value={number}
          problem={problems.number}
          onChange={setNumber}
        />
        <button type="submit" className="btn btn-primary">
          Cerca
        </button>
      </div>
    </form>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <table className="portal-table">
      <caption className="visually-hidden">Protocolli</caption>
      <thead>
        <tr>
          <th scope="col">Protocollo</th>
          <th scope="col">Data</th>
          <th scope="col">Oggetto</th>
          <th scope="col">Stato</th>
          <th scope="col">Esito</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const [text, kind] = labelOf(practiceLabels, entry.status);
          return (
            <tr key={entry.id}>
              <th scope="row" data-label="Protocollo">
                {entry.practice === null ? (
                  `${entry.number}/${entry.year}`
                ) : (
                  <Link to={`/pratiche/${entry.practice.id}`}>
                    {entry.number}/{entry.year}
                  </Link>
                )}
              </th>
              <td data-label="Data">{moment(entry.registeredAt)}</td>
              <td data-label="Oggetto">{entry.subject}</td>
              <td data-label="Stato">
                <Badge text={text} kind={kind} />
              </td>
              <td data-label="Esito">{entry.outcome ?? '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
