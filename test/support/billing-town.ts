import {
  codiceFiscaleAsHeld,
  parseCalendarDate,
  parseEuroCents,
  parseSchoolYear,
  parseYearMonth,
} from '../../core/values/index.ts';
import type { ChildKey, ChildRecord } from '../../legacy/ports/anagrafe.port.ts';
import type { FileKey, PracticeKey } from '../../legacy/ports/keys.ts';
import type {
  EnrolmentRecord,
  InstalmentRecord,
  InvoiceAttachmentRecord,
  InvoiceKey,
  InvoiceRecord,
  SchoolBillingPort,
} from '../../legacy/ports/school-billing.port.ts';
import type { FakeLegacy } from './ask-subgraph.ts';
import { birthOfLuca, claudia } from './people.ts';

export function childKey(number: number): ChildKey {
  return String(number) as ChildKey;
}

export function registeredChild(number: number): ChildRecord {
  return {
    key: childKey(number),
    codiceFiscale: codiceFiscaleAsHeld('BNCLCU14E09L400F'),
    firstName: 'Luca',
    lastName: 'Bianchi',
    birthDate: birthOfLuca,
    birthPlace: 'Treviglio',
    residence: null,
    isInHousehold: true,
    hasApplication: true,
    sharedBy: [],
  };
}

export const enrolment: EnrolmentRecord = {
  key: { year: 2020, number: 12 },
  childKey: childKey(1),
  schoolYear: parseSchoolYear('2020/2021'),
  service: { code: 'MENSA', name: 'Mensa scolastica' },
  school: { code: 'PRI', name: 'Scuola primaria', level: 'PRIMARIA' },
  classroom: '1A',
  status: 'ACTIVE',
  startsOn: parseCalendarDate('2020-09-14'),
  endsOn: null,
  paymentMethod: 'PAGOPA',
  diet: null,
  practiceKey: '77' as PracticeKey,
  entryKey: null,
  sharedBy: null,
};

/** The guide's invoice. */
export const invoice: InvoiceRecord = {
  key: { year: 2020, number: 684 },
  childKey: childKey(1),
  issuedOn: parseCalendarDate('2020-12-18'),
  periodFrom: parseYearMonth('2020-09'),
  periodTo: parseYearMonth('2020-10'),
  holderName: 'Rossi Claudia',
  holderCodiceFiscale: claudia.codiceFiscale,
  amount: parseEuroCents(10_142),
  paid: parseEuroCents(10_000),
  supportingBank: null,
};

export function instalmentOf(key: InvoiceKey): InstalmentRecord {
  return {
    key: { ...key, rata: 1 },
    childKey: childKey(1),
    amount: parseEuroCents(10_142),
    paid: parseEuroCents(10_142),
    dueOn: parseCalendarDate('2021-01-15'),
    status: 'PAID',
    messaARuolo: true,
    iuv: null,
  };
}

export function attachmentOf(key: InvoiceKey, sequence: number): InvoiceAttachmentRecord {
  const fileName = `fattura-${sequence}.pdf`;
  const file = {
    key: String(sequence) as FileKey,
    fileName,
    mediaType: 'application/pdf',
    sizeBytes: 10,
    sha256: null,
  };
  return {
    invoice: key,
    childKey: childKey(1),
    sequence,
    kind: 'Fatturazione',
    description: 'Fattura 2020/684',
    file,
  };
}

/** A page that starts at the first row, as the legacy system answers it. */
export function pageOf<Row>(rows: readonly Row[], first: number) {
  return {
    rows: rows.slice(0, first),
    totalCount: rows.length,
    hasNextPage: rows.length > first,
    hasPreviousPage: false,
  };
}

/** Any invoice is Claudia's, one attachment twice; and whoever is asked, how often it was. */
export function billingTown(answers: Partial<SchoolBillingPort> = {}, children = [registeredChild(1)]) {
  const calls: { readonly method: string; readonly args: readonly unknown[] }[] = [];
  const port: Partial<SchoolBillingPort> = {
    recordsByChild: async (_, keys) => keys.map(() => ({ applications: [], enrolments: [] })),
    linesByInvoice: async (_, keys) => keys.map(() => []),
    instalmentsByInvoice: async (_, keys) => keys.map((key) => [instalmentOf(key)]),
    attachmentsByInvoice: async (_, keys) => keys.map((key) => [attachmentOf(key, 1), attachmentOf(key, 2)]),
    invoices: async (_, keys) => keys.map((key) => (key.year === 2020 ? { ...invoice, key } : null)),
    instalments: async (_, keys) => keys.map((key) => (key.year === 2020 ? instalmentOf(key) : null)),
    enrolments: async (_, keys) => keys.map((key) => (key.year === 2020 ? { ...enrolment, key } : null)),
    invoicesByChild: async (_, keys, __, { first }) => keys.map(() => pageOf([invoice], first)),
    invoicesOf: async (_, __, ___, { first }) => pageOf([invoice], first),
    instalmentsOf: async (_, __, ___, { first }) =>
      pageOf([{ ...instalmentOf(invoice.key), issuedOn: invoice.issuedOn }], first),
    attendance: async (_, keys) => keys.map(() => []),
    ...answers,
  };
  const legacy: FakeLegacy = {
    anagrafe: counted({
      familiesOf: async (codes) => codes.map(() => ({ citizen: null, household: [], children })),
    }),
    schoolBilling: counted(port),
  };
  return { legacy, calls, asked: () => calls.map(({ method }) => method).sort() };

  function counted<Port extends object>(of: Port): Port {
    return new Proxy(of, {
      get: (target, method: string) => {
        const answer = Reflect.get(target, method) as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          calls.push({ method, args });
          return answer(...args);
        };
      },
    });
  }
}
