import type {
  AttendanceStatus,
  DebtStatus,
  EnrolmentStatus,
  InstalmentStatus,
  PaymentMethod,
  SchoolAccess,
} from '../api/operations.generated.ts';
import type { Labels } from '../ui/labels.ts';

export const instalmentLabels: Labels<InstalmentStatus> = {
  DUE: ['Da pagare', 'info'],
  OVERDUE: ['Scaduta', 'danger'],
  PARTIALLY_PAID: ['Pagata in parte', 'warning'],
  PAID: ['Pagata', 'success'],
  DIRECT_DEBIT_PENDING: ['Addebito SDD in corso', 'info'],
  DIRECT_DEBIT_RETURNED: ['Insoluto SDD', 'danger'],
};

export const debtLabels: Labels<DebtStatus> = {
  PAYABLE: ['Da pagare', 'info'],
  PAYMENT_IN_PROGRESS: ['Pagamento in corso', 'warning'],
  PAID: ['Pagato', 'success'],
  EXPIRED: ['Avviso scaduto', 'danger'],
  CANCELLED: ['Annullato', 'neutral'],
};

const debtTexts: Readonly<Partial<Record<DebtStatus, string>>> = {
  PAYMENT_IN_PROGRESS: 'Un pagamento è in corso: non pagare di nuovo.',
  PAID: 'È già pagato: non pagare di nuovo.',
  EXPIRED: 'Con questo avviso non si può più pagare: chiedi all’ufficio un avviso nuovo.',
  CANCELLED: 'L’Ente creditore lo ha annullato: non si paga.',
};

/** Why a debt cannot be paid; null if it can. */
export const debtText = (status: DebtStatus): string | null =>
  status === 'PAYABLE' ? null : (debtTexts[status] ?? 'Non si può pagare da qui: chiedi all’ufficio.');

export const enrolmentLabels: Labels<EnrolmentStatus> = {
  PENDING: ['In attesa di esito', 'warning'],
  ACTIVE: ['Attiva', 'success'],
  SUSPENDED: ['Sospesa', 'warning'],
  ENDED: ['Conclusa', 'neutral'],
};

export const attendanceLabels: Readonly<Partial<Record<AttendanceStatus, string>>> = {
  PRESENT: 'Presente',
  ABSENT: 'Assente',
  CLOSED: 'Servizio sospeso',
};

export const paymentMethods: Readonly<Partial<Record<PaymentMethod, string>>> = {
  PAGOPA: 'Avviso pagoPA',
  SDD: 'Addebito diretto SDD',
};

/** Why there is nothing to see of a child. Null where the lists say everything. */
export function accessText(access: SchoolAccess | null, childName: string): string | null {
  switch (access) {
    case 'APPLICANT':
      return null;
    case 'OTHER_PARENT':
      return `La domanda per ${childName} è stata presentata da un’altra persona: iscrizioni, fatture e pagamenti sono visibili soltanto a chi ha presentato la domanda.`;
    case 'SHARED':
      return `I dati scolastici di ${childName} sono condivisi con te: vedi quello che chi ha presentato la domanda ha scelto di mostrarti.`;
    case 'NO_APPLICATION':
      return `Per ${childName} non risulta nessuna domanda di iscrizione ai servizi scolastici.`;
    default:
      return null;
  }
}
