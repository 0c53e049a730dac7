import type { PortalFieldProblemFragment } from '../api/operations.generated.ts';
import { Checkbox, ChoiceField, SelectField, TextField } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import {
  type Answer,
  answerText,
  applies,
  type ChoiceGroup,
  controlId,
  type FormField,
  type Values,
} from './form-model.ts';

export interface FormFieldsProps {
  /** Those of this step. */
  readonly fields: readonly FormField[];
  /** Those of the whole form: a field may depend on one of another step. */
  readonly all: readonly FormField[];
  readonly groups: readonly ChoiceGroup[];
  readonly answers: readonly Answer[];
  readonly values: Values;
  readonly problems: readonly PortalFieldProblemFragment[];
  onChange(changes: Readonly<Record<string, string>>): void;
}

/** Fields as the API describes them. What does not apply is not shown. */
export function FormFields(props: FormFieldsProps) {
  const { fields, all, groups, values } = props;
  const shown = fields.filter((field) => applies(field, all, values));
  const done = new Set<string>();
  return shown.map((field) => {
    if (done.has(field.code)) return null;
    const group = groups.find(({ fieldCodes }) => fieldCodes.includes(field.code));
    if (group === undefined) return <OneField key={field.code} field={field} {...props} />;
    const members = shown.filter(({ code }) => group.fieldCodes.includes(code));
    for (const { code } of members) done.add(code);
    return <Choice key={group.id} group={group} members={members} {...props} />;
  });
}

function problemText(problems: FormFieldsProps['problems'], code: string): string | undefined {
  return problems.find(({ path }) => path === `answers.${code}`)?.message;
}

function isEditable({ code }: FormField, answers: readonly Answer[]): boolean {
  return answers.find((answer) => answer.code === code)?.editable ?? true;
}

function OneField({ field, ...props }: FormFieldsProps & { readonly field: FormField }) {
  const { values, problems, answers, onChange } = props;
  const { code, kind, label, required } = field;
  if (kind === 'NOTE') return <Note field={field} />;
  if (!isEditable(field, answers)) return <Known field={field} values={values} />;
  const value = values.get(code) ?? '';
  const common = {
    id: controlId(`answers.${code}`),
    label,
    isRequired: required,
    problem: problemText(problems, code),
  };
  if (kind === 'CHECKBOX')
    return (
      <Checkbox
        {...common}
        isChecked={value === 'true'}
        onChange={(isChecked) => onChange({ [code]: String(isChecked) })}
      />
    );
  const change = (next: string) => onChange({ [code]: next });
  if (field.options.length > 0)
    return (
      <SelectField
        {...common}
        value={value}
        empty="Scegli…"
        options={field.options.map((option) => [option, option] as const)}
        onChange={change}
      />
    );
  return <TextField {...common} {...looksOf(field)} value={value} onChange={change} />;
}

/** How a text is typed most easily. What it must look like is for the server to say. */
function looksOf({ kind, rule, maxLength }: FormField) {
  const limit = { maxLength: maxLength ?? 4_000 };
  if (kind === 'DATE') return { type: 'date' } as const;
  switch (rule) {
    case 'EMAIL':
      return { ...limit, type: 'email', inputMode: 'email', hint: 'Per esempio nome@esempio.it' } as const;
    case 'PHONE':
      return { ...limit, type: 'tel', inputMode: 'tel' } as const;
    case 'POSTAL_CODE':
      return { ...limit, inputMode: 'numeric', hint: 'Cinque cifre' } as const;
    case 'YEAR':
      return { ...limit, inputMode: 'numeric', hint: 'Quattro cifre, per esempio 2026' } as const;
    case 'IBAN':
      return { ...limit, hint: 'Comincia con IT e ha 27 caratteri per i conti italiani' } as const;
    case 'CODICE_FISCALE':
      return { ...limit, hint: '16 caratteri' } as const;
    default:
      return { ...limit, isLong: limit.maxLength > 200 } as const;
  }
}

/** What the municipality's records say: it need not be typed again, and cannot be changed here. */
function Known({ field, values }: { readonly field: FormField; readonly values: Values }) {
  return (
    <div className="portal-field portal-known">
      <p className="portal-known-label">{field.label}</p>
      <p className="portal-known-value">
        {answerText(field, values.get(field.code))}
        <span className="portal-known-source">
          <Icon name="locked" className="icon-sm" /> già noto al Comune
        </span>
      </p>
    </div>
  );
}

function Note({ field }: { readonly field: FormField }) {
  return (
    <div
      className="portal-note"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the API sanitises notes, and the page runs no inline script
      dangerouslySetInnerHTML={{ __html: field.noteHtml ?? '' }}
    />
  );
}

/** Checkboxes that are chosen from together: radio buttons where one is taken. */
function Choice(
  props: FormFieldsProps & { readonly group: ChoiceGroup; readonly members: readonly FormField[] },
) {
  const { group, members, values, problems, answers, onChange } = props;
  const isOneOf = group.max === 1 && group.min === 1;
  const problem = members.map(({ code }) => problemText(problems, code)).find((text) => text !== undefined);
  const choose = (code: string, isChecked: boolean) =>
    onChange(
      isOneOf
        ? Object.fromEntries(group.fieldCodes.map((one) => [one, String(one === code)]))
        : { [code]: String(isChecked) },
    );
  return (
    <ChoiceField
      id={`choice-${group.id}`}
      label={group.label}
      isRequired={group.min > 0}
      hint={isOneOf ? 'Scegline una' : countHint(group)}
      problem={problem}
    >
      {members.map((field) => (
        <Checkbox
          key={field.code}
          id={controlId(`answers.${field.code}`)}
          type={isOneOf ? 'radio' : 'checkbox'}
          name={group.id}
          label={field.label}
          isChecked={values.get(field.code) === 'true'}
          isDisabled={!isEditable(field, answers)}
          onChange={(isChecked) => choose(field.code, isChecked)}
        />
      ))}
    </ChoiceField>
  );
}

function countHint({ min, max, fieldCodes }: ChoiceGroup): string {
  const most = Math.min(max, fieldCodes.length);
  if (min === 0) return `Al massimo ${most}`;
  if (most === fieldCodes.length) return min === 1 ? 'Scegline almeno uno' : `Scegline almeno ${min}`;
  return min === most ? `Scegline ${min}` : `Scegline da ${min} a ${most}`;
}
