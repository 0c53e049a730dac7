import { TextField } from '../ui/fields.tsx';
import type { FieldProblemEntry } from '../ui/problem-summary.tsx';

export const emptyChild = { codiceFiscale: '', firstName: '', lastName: '', birthDate: '' };
type NewChild = typeof emptyChild;

const labels: readonly (readonly [keyof NewChild, string])[] = [
  ['firstName', 'Nome'],
  ['lastName', 'Cognome'],
  ['birthDate', 'Data di nascita'],
  ['codiceFiscale', 'Codice fiscale'],
];

/** A child that no register knows yet. */
export function NewChildFields(props: {
  readonly child: NewChild;
  problemAt(id: string): string | undefined;
  onChange(child: NewChild): void;
}) {
  const { child, problemAt, onChange } = props;
  return (
    <fieldset className="portal-field portal-choice">
      <legend>Dati del bambino</legend>
      {labels.map(([name, label]) => (
        <TextField
          key={name}
          id={`newChild.${name}`}
          label={label}
          isRequired
          type={name === 'birthDate' ? 'date' : 'text'}
          maxLength={name === 'codiceFiscale' ? 16 : 100}
          value={child[name]}
          problem={problemAt(`newChild.${name}`)}
          onChange={(value) => onChange({ ...child, [name]: value })}
        />
      ))}
    </fieldset>
  );
}

export function missingOfNewChild(child: NewChild): FieldProblemEntry[] {
  return labels
    .filter(([name]) => child[name].trim() === '')
    .map(([name, label]) => ({ fieldId: `newChild.${name}`, text: `${label}: campo obbligatorio.` }));
}
