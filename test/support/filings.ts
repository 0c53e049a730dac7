import { parseCodiceFiscale, parseInstant } from '../../core/values/index.ts';
import type { MunicipalityRecord } from '../../legacy/ports/anagrafe.port.ts';
import type { FiledApplication } from '../../subgraphs/practices/records/filed-application.ts';
import { birthOfSofia, claudia } from './people.ts';

export const calvenzano: MunicipalityRecord = {
  name: 'Comune di Calvenzano',
  province: 'BG',
  codiceFiscale: parseCodiceFiscale('00300120169'),
  offices: [
    { name: 'Servizio Istruzione', phone: '0363/860734-33', email: 'segreteria@comunecalvenzano.net' },
  ],
};

/** Claudia's enrolment of Sofia in the canteen, as it was filed. */
export function enrolmentOfSofia(more: Partial<FiledApplication> = {}): FiledApplication {
  const { codiceFiscale, firstName, lastName } = claudia;
  return {
    kind: 'FILING',
    practiceId: '6b0f3a52-2a5e-4a55-8a05-1d5b6f3f6a01',
    reference: '7F3KQ2M9XA4T',
    templateId: 'ISCR-2026',
    procedureCode: 'ISCR',
    revision: '3',
    title: 'Modello Iscrizione Mensa A.S. 2026/2027',
    schoolYear: '2026/2027',
    filedAt: parseInstant('2026-10-15T07:00:00Z'),
    applicant: {
      kind: 'CITIZEN',
      codiceFiscale,
      firstName,
      lastName,
      name: null,
      email: 'claudia@example.it',
      signInMethod: 'SPID',
      level: 2,
    },
    child: {
      key: '2',
      codiceFiscale: parseCodiceFiscale('BNCSFO21B58L400K'),
      firstName: 'Sofia',
      lastName: 'Bianchi',
      birthDate: birthOfSofia,
    },
    answers: [
      { code: 'NOME', label: 'Nome', group: 'ALUNNO', kind: 'TEXT', value: 'Sofia', certified: true },
      {
        code: 'DAL',
        label: 'A partire dal',
        group: 'ALUNNO',
        kind: 'DATE',
        value: '2026-11-02',
        certified: false,
      },
      {
        code: 'DIETA',
        label: 'Dieta speciale',
        group: 'MENSA',
        kind: 'CHECKBOX',
        value: 'false',
        certified: false,
      },
      { code: 'NOTE', label: 'Note', group: null, kind: 'TEXT', value: '', certified: false },
    ],
    attachments: [
      {
        code: 'ISEE',
        label: 'Attestazione ISEE',
        fileName: 'isee 2026.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 120_345,
        sha256: 'ab'.repeat(32),
      },
    ],
    reason: null,
    previousEntry: null,
    ...more,
  };
}
