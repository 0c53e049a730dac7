import type { SignInMethod } from '../../../core/identity/caller.ts';
import type { CalendarDate, CodiceFiscale, Instant } from '../../../core/values/index.ts';
import type { SubmissionKind } from './submission.entity.ts';

/** A filed application, with everything that the protocol register, the summary and a court need. */
export interface FiledApplication {
  readonly kind: SubmissionKind;
  readonly practiceId: string;
  readonly reference: string;
  readonly templateId: string;
  readonly procedureCode: string;
  readonly revision: string;
  readonly title: string;
  readonly schoolYear: string | null;
  readonly filedAt: Instant;
  readonly applicant: {
    readonly kind: 'CITIZEN' | 'BUSINESS';
    readonly codiceFiscale: CodiceFiscale;
    readonly firstName: string | null;
    readonly lastName: string | null;
    /** Of a business. */
    readonly name: string | null;
    readonly email: string | null;
    readonly signInMethod: SignInMethod;
    readonly level: 1 | 2 | 3 | null;
  };
  readonly child: {
    /** Null for a child that the legacy system does not know yet. */
    readonly key: string | null;
    readonly codiceFiscale: CodiceFiscale;
    readonly firstName: string;
    readonly lastName: string;
    readonly birthDate: CalendarDate | null;
  } | null;
  /** Answers in the form's order; labels as the applicant saw them. */
  readonly answers: readonly {
    readonly code: string;
    readonly label: string;
    readonly group: string | null;
    readonly kind: 'TEXT' | 'CHECKBOX' | 'DATE';
    readonly value: string;
    readonly certified: boolean;
  }[];
  readonly attachments: readonly {
    readonly code: string;
    readonly label: string;
    readonly fileName: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
  /** The reason of a withdrawal; the entry that an integration or a withdrawal refers to. */
  readonly reason: string | null;
  readonly previousEntry: { readonly number: number; readonly year: number } | null;
}
