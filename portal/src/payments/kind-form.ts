import type {
  PortalPaymentFormQuery,
  SchoolLevel,
  SpontaneousPaymentInput,
} from '../api/operations.generated.ts';
import { told } from '../language.ts';
import type { SignedIn } from '../sign-in/use-session.ts';
import { amount } from '../ui/formats.ts';
import { centsIn } from './euros.ts';

export type Kind = NonNullable<PortalPaymentFormQuery['paymentKinds']>['edges'][number]['node'];
export type KindField = Kind['fields'][number];
export type Values = Readonly<Record<string, string>>;

/** The fields that are shown: those that the input takes. */
export function shownFields(kind: Kind): readonly (KindField & { readonly input: string })[] {
  return kind.fields.flatMap((field) =>
    field.hidden || field.input === null ? [] : [{ ...field, input: field.input }],
  );
}

/** What is known already: of who is signed in, and of the instalment that is paid. */
export function firstValues({ user, name }: SignedIn, params: URLSearchParams): Values {
  const profile = user?.profile;
  const code =
    profile?.['https://attributes.eid.gov.it/fiscal_number'] ??
    profile?.['https://attributes.eid.gov.it/vat_number'];
  const cents = Number(params.get('importo') ?? Number.NaN);
  return {
    payerCodice: typeof code === 'string' ? code.replace(/^(TINIT|VATIT)-/, '') : '',
    payerName: user === null ? '' : name,
    email: typeof profile?.email === 'string' ? profile.email : '',
    beneficiaryName: params.get('beneficiario') ?? '',
    period: params.get('periodo') ?? '',
    amount: Number.isSafeInteger(cents) && cents > 0 ? amount(cents) : '',
  };
}

const levels: readonly SchoolLevel[] = ['INFANZIA', 'PRIMARIA', 'SECONDARIA'];

/** The level that an option names: `scuola infanzia`. */
export function levelIn(option: string): SchoolLevel | null {
  return levels.find((level) => option.toUpperCase().includes(level)) ?? null;
}

/** What is wrong before anything is sent: only what has no text that could be sent. */
export function unreadable(
  kind: Kind,
  values: Values,
): { readonly path: string; readonly message: string }[] {
  return shownFields(kind).flatMap((field) => {
    const value = values[field.input]?.trim() ?? '';
    if (field.kind !== 'AMOUNT' || centsIn(value) !== null) return [];
    const message =
      value === ''
        ? told('Campo obbligatorio.', 'This field is required.')
        : told('Indica un importo in euro, per esempio 95,27.', 'Enter an amount in euros, such as 95,27.');
    return [{ path: field.input, message }];
  });
}

export interface Request {
  readonly kind: Kind;
  readonly values: Values;
  readonly privacyAccepted: boolean;
  readonly instalmentId: string | null;
  readonly returnUrl: string;
  readonly idempotencyKey: string;
}

/** The form as the API takes it. Fields that the kind does not have are left out. */
export function toInput(request: Request): SpontaneousPaymentInput {
  const { kind, values, instalmentId, ...rest } = request;
  const shown = new Map(shownFields(kind).map((field) => [field.input, field]));
  const text = (name: string) => values[name]?.trim() ?? '';
  const optional = (name: string) => (shown.has(name) && text(name) !== '' ? text(name) : null);
  const school = optional('school');
  return {
    ...rest,
    kindId: kind.id,
    payerCodice: text('payerCodice'),
    payerName: text('payerName'),
    email: text('email'),
    userCode: optional('userCode'),
    beneficiaryName: optional('beneficiaryName'),
    period: optional('period'),
    school: school === null ? null : levelIn(school),
    notes: optional('notes'),
    amount: centsIn(text('amount')) ?? 0,
    instalmentIds: instalmentId === null ? null : [instalmentId],
  };
}
