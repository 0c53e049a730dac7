import { type FormEvent, useState } from 'react';
import { fullName } from '../ui/formats.ts';
import { Icon } from '../ui/icon.tsx';

export function SearchForm(props: {
  readonly params: URLSearchParams;
  readonly people: readonly { readonly id: string; readonly firstName: string; readonly lastName: string }[];
  onSearch(params: URLSearchParams): void;
}) {
  const { params, people, onSearch } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (value !== '') next.set(name, String(value));
    const [from, to] = [next.get('dal'), next.get('al')];
    const isBackwards = from !== null && to !== null && from > to;
    setProblem(isBackwards ? 'La prima data viene dopo la seconda: scambiale.' : null);
    if (!isBackwards) onSearch(next);
  };
  return (
    <form id="ricerca" className="portal-search" onSubmit={submit} key={params.toString()} noValidate>
      <h2>Ricerca</h2>
      <div className="portal-search-fields">
        <div>
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
        <DateField name="dal" label="Da data fattura" value={params.get('dal')} problem={problem} />
        <DateField name="al" label="A data fattura" value={params.get('al')} problem={problem} />
        <button type="submit" className="btn btn-primary btn-icon">
          <Icon name="search" className="icon-white icon-sm" />
          <span>Cerca</span>
        </button>
      </div>
      {problem === null ? null : (
        <p id="search-problem" className="portal-field-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function DateField(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly problem: string | null;
}) {
  const { name, label, value, problem } = props;
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="date"
        min="1900-01-01"
        max="2100-12-31"
        className="form-control"
        defaultValue={value ?? ''}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : 'search-problem'}
      />
    </div>
  );
}
