import { type FormEvent, useState } from 'react';
import { Icon } from './icon.tsx';
import { PeriodFields, type PeriodProblem, readPeriod } from './period.tsx';

export function PeriodForm(props: {
  readonly params: URLSearchParams;
  readonly labels: readonly [from: string, to: string];
  onSearch(params: URLSearchParams): void;
}) {
  const { params, labels, onSearch } = props;
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
        <PeriodFields params={params} labels={labels} problem={problem} />
        <button type="submit" className="btn btn-primary btn-icon">
          <Icon name="search" className="icon-white icon-sm" />
          <span>Cerca</span>
        </button>
      </div>
    </form>
  );
}
