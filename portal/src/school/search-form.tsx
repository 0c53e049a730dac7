import { type FormEvent, useState } from 'react';
import { fullName } from '../ui/formats.ts';
import { Icon } from '../ui/icon.tsx';
import { PeriodFields, type PeriodProblem, readPeriod } from '../ui/period.tsx';

export function SearchForm(props: {
  readonly params: URLSearchParams;
  readonly people: readonly { readonly id: string; readonly firstName: string; readonly lastName: string }[];
  onSearch(params: URLSearchParams): void;
}) {
  const { params, people, onSearch } = props;
  const [problem, setProblem] = useState<PeriodProblem | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = readPeriod(event.currentTarget);
    if (!(read instanceof URLSearchParams)) return setProblem(read);
    setProblem(null);
    onSearch(read);
  };
  return (
    <form id="ricerca" className="portal-search" onSubmit={submit} key={params.toString()} noValidate>
      <h2>Ricerca</h2>
      <div className="portal-search-fields">
        <div className="portal-field">
          <label htmlFor="figlio">Nominativo</label>
          <select
            id="figlio"
            name="figlio"
            className="form-control"
            defaultValue={params.get('figlio') ?? ''}
          >
            <option value="">Tutti i figli</option>
            {people.map((one) => (
              <option key={one.id} value={one.id}>
                {fullName(one)}
              </option>
            ))}
          </select>
        </div>
        <PeriodFields params={params} labels={['Da data fattura', 'A data fattura']} problem={problem} />
        <button type="submit" className="btn btn-primary btn-icon">
          <Icon name="search" className="icon-white icon-sm" />
          <span>Cerca</span>
        </button>
      </div>
    </form>
  );
}
