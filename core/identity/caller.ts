import type { CalendarDate, CodiceFiscale, PartitaIva } from '../values/index.ts';

export type SignInMethod = 'SPID' | 'CIE' | 'CNS' | 'EIDAS' | 'OTHER' | 'VAT_PASSWORD';

/** The caller, as the verified token describes it. */
export type Caller = AnonymousCaller | CitizenCaller | BusinessCaller | MachineCaller;

export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** A person with a digital identity. */
export interface CitizenCaller {
  readonly kind: 'citizen';
  /** Opaque and permanent, made from the codice fiscale without holding it. */
  readonly id: string;
  /** The ids made with former secrets; absent if there are none. */
  readonly formerIds?: readonly string[];
  readonly codiceFiscale: CodiceFiscale;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: CalendarDate | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly signInMethod: SignInMethod;
  /** SPID level, or what another method counts for. */
  readonly level: 1 | 2 | 3;
  /** The program in which they signed in; absent if the token names none. */
  readonly clientId?: string;
}

/** A business with its VAT account. */
export interface BusinessCaller {
  readonly kind: 'business';
  readonly id: string;
  readonly formerIds?: readonly string[];
  readonly partitaIva: PartitaIva;
  /** The same 11 digits, as debts and practices know it. */
  readonly codiceFiscale: CodiceFiscale;
  readonly name: string;
  readonly signInMethod: SignInMethod;
  /** The program in which they signed in; absent if the token names none. */
  readonly clientId?: string;
}

/** An integrator's program with a token of its own. It never stands for a citizen. */
export interface MachineCaller {
  readonly kind: 'machine';
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** The program through which a caller asks; null if it is not known. */
export function clientOf(caller: Caller): string | null {
  return caller.kind === 'anonymous' ? null : (caller.clientId ?? null);
}
