import { type FormEvent, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { PeriodFields, type PeriodProblem, readPeriod } from '../ui/period.tsx';

export function PeriodForm(props: {
  readonly params: URLSearchParams;
  onSearch(params: URLSearchParams): void;
}) {
  const { params, onSearch } = props;
  const [problem, setProblem] = useState<PeriodProblem | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = readPeriod(event.currentTarget);
    if (!(read instanceof URLSearchParams)) return setProblem(read);
    setProblem(null);
    onSearch(read);
  };
  return (
    <form className="portal-search" onSubmit={submit} key={params.toString()} noValidate>
      <h2>Ricerca</h2>
      <div className="portal-search-fields">
        <PeriodFields params={params} labels={['Pagati dal giorno', 'Al giorno']} problem={problem} />
        <button type="submit" className="btn btn-primary btn-icon">
          <Icon name="search" className="icon-white icon-sm" />
          <span>Cerca</span>
        </button>
      </div>
    </form>
  );
}
