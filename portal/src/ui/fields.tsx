import type { ReactNode } from 'react';
import { language } from '../language.ts';

/** What every field has: a label, whether it must be filled in, a hint, and what is wrong with it. */
export interface FieldProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly isRequired?: boolean;
  readonly hint?: string | null | undefined;
  readonly problem?: string | null | undefined;
}

/** The attributes with which a control says what is wrong and what is meant. */
export function describedBy({ id, hint, problem, isRequired = false }: Omit<FieldProps, 'label'>) {
  const ids = [problem ? `${id}-problem` : null, hint ? `${id}-hint` : null].filter((one) => one !== null);
  return {
    id,
    'aria-required': isRequired,
    'aria-invalid': Boolean(problem),
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
  } as const;
}

/** A label above its control, the problem between hint and control, where a reader meets it. */
export function Field(props: FieldProps & { readonly isUrgent?: boolean; readonly children: ReactNode }) {
  return (
    <div className="portal-field">
      <label htmlFor={props.id}>
        {props.label}
        {props.isRequired === true ? <Required /> : null}
      </label>
      <FieldNotes {...props} />
      {props.children}
    </div>
  );
}

/** `isUrgent` problems are read out as soon as they appear: those that no summary of the form tells. */
export function FieldNotes({
  id,
  hint,
  problem,
  isUrgent = false,
}: Omit<FieldProps, 'label'> & { readonly isUrgent?: boolean }) {
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="portal-hint">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="portal-field-problem" role={isUrgent ? 'alert' : undefined}>
          <span className="visually-hidden">Errore: </span>
          <span lang={language}>{problem}</span>
        </p>
      ) : null}
    </>
  );
}

export function Required() {
  return <span className="portal-required"> (obbligatorio)</span>;
}

export function TextField(
  props: FieldProps & {
    readonly value: string;
    readonly type?: 'text' | 'email' | 'tel' | 'date' | 'search';
    readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
    readonly autoComplete?: string | undefined;
    readonly maxLength?: number | undefined;
    readonly isLong?: boolean;
    onChange(value: string): void;
  },
) {
  const { value, type = 'text', inputMode, autoComplete, maxLength, isLong = false, onChange } = props;
  const common = {
    ...describedBy(props),
    className: 'form-control',
    value,
    maxLength,
    // Without a last day browsers take years of six digits.
    ...(type === 'date' ? { max: '9999-12-31' } : {}),
    autoComplete,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <Field {...props}>
      {isLong ? <textarea rows={4} {...common} /> : <input type={type} inputMode={inputMode} {...common} />}
    </Field>
  );
}

export function SelectField(
  props: FieldProps & {
    readonly value: string;
    readonly options: readonly (readonly [value: string, label: string])[];
    /** The first entry, for nothing chosen; without one something is always chosen. */
    readonly empty?: string;
    onChange(value: string): void;
  },
) {
  const { value, options, empty, onChange } = props;
  return (
    <Field {...props}>
      <select
        {...describedBy(props)}
        className="form-control"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function Checkbox(
  props: FieldProps & {
    readonly type?: 'checkbox' | 'radio';
    readonly name?: string;
    readonly isChecked: boolean;
    readonly isDisabled?: boolean;
    onChange(isChecked: boolean): void;
  },
) {
  const {
    id,
    label,
    type = 'checkbox',
    name,
    isChecked,
    isDisabled = false,
    isRequired = false,
    onChange,
  } = props;
  return (
    <div className="portal-field">
      <FieldNotes {...props} />
      <div className="form-check">
        <input
          {...describedBy(props)}
          aria-required={type === 'radio' ? undefined : isRequired}
          type={type}
          name={name}
          checked={isChecked}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.checked)}
        />
        <label htmlFor={id}>
          {label}
          {isRequired ? <Required /> : null}
        </label>
      </div>
    </div>
  );
}

/** Several boxes that belong together. */
export function ChoiceField(props: FieldProps & { readonly children: ReactNode }) {
  const { id, label, children, isRequired = false } = props;
  const described = describedBy(props)['aria-describedby'];
  return (
    <fieldset id={id} className="portal-field portal-choice" aria-describedby={described} tabIndex={-1}>
      <legend>
        {label}
        {isRequired ? <Required /> : null}
      </legend>
      <FieldNotes {...props} />
      {children}
    </fieldset>
  );
}
