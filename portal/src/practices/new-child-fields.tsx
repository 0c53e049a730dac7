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

/** Both are asked for; a child with a single name has the other blank. */
const names: readonly (keyof NewChild)[] = ['firstName', 'lastName'];

/** A child that the legacy system does not know yet. */
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
          isRequired={!names.includes(name)}
          type={name === 'birthDate' ? 'date' : 'text'}
          maxLength={name === 'codiceFiscale' ? 40 : 100}
          value={child[name]}
          problem={problemAt(`newChild.${name}`)}
          onChange={(value) => onChange({ ...child, [name]: value })}
        />
      ))}
    </fieldset>
  );
}

export function missingOfNewChild(child: NewChild): FieldProblemEntry[] {
  const isNamed = names.some((name) => child[name].trim() !== '');
  return labels
    .filter(([name]) => child[name].trim() === '' && !(isNamed && names.includes(name)))
    .map(([name, label]) => ({ fieldId: `newChild.${name}`, text: `${label}: campo obbligatorio.` }));
}
