import { told } from '../language.ts';
import { describedBy, Field } from './fields.tsx';
import { unreadableDates } from './unreadable-dates.ts';

export interface PeriodProblem {
  /** `dal` or `al`. */
  readonly fieldId: string;
  readonly text: string;
}

/** Two days, of which the first must not be after the second. They go into the address as `dal` and `al`. */
export function PeriodFields(props: {
  readonly params: URLSearchParams;
  readonly labels: readonly [from: string, to: string];
  readonly problem: PeriodProblem | null;
}) {
  const { params, labels, problem } = props;
  return (['dal', 'al'] as const).map((name, index) => {
    const field = {
      id: name,
      label: labels[index],
      problem: problem?.fieldId === name ? problem.text : null,
    };
    return (
      <Field key={name} {...field} isUrgent>
        <input
          {...describedBy(field)}
          name={name}
          type="date"
          min="1900-01-01"
          max="2100-12-31"
          className="form-control"
          defaultValue={params.get(name) ?? ''}
        />
      </Field>
    );
  });
}

/** The form's fields that are filled in, or what is wrong with its period. */
export function readPeriod(form: HTMLFormElement): URLSearchParams | PeriodProblem {
  const [unreadable] = unreadableDates(form);
  if (unreadable !== undefined) return unreadable;
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== '') params.set(name, String(value));
  const [from, to] = [params.get('dal'), params.get('al')];
  return from !== null && to !== null && from > to
    ? {
        fieldId: 'dal',
        text: told(
          'La prima data viene dopo la seconda: scambiale.',
          'The first date is after the second one: exchange them.',
        ),
      }
    : params;
}
