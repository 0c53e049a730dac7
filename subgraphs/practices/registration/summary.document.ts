import type { SignInMethod } from '../../../core/identity/caller.ts';
import type { Block, Fact, PdfContent } from '../../../core/pdf/content.ts';
import { renderPdf } from '../../../core/pdf/render-pdf.ts';
import {
  type CalendarDate,
  formatItalianDate,
  formatItalianMoment,
  isCalendarDate,
  romeDateOf,
} from '../../../core/values/index.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import type { FiledApplication } from '../records/filed-application.ts';
import type { SubmissionKind } from '../records/submission.entity.ts';

/**
 * A filed application as a PDF for its applicant and for the protocol register. The same input gives the same
 * bytes.
 *
 * `sha256`: of the canonical text of `asFiled`, as stored with the submission. `municipality`: null if the legacy
 * system does not name it. `officeNote`: printed with the child, in the office's copy only. Errors: OVERLOADED,
 * TIMEOUT.
 */
export function renderSummary(
  asFiled: FiledApplication,
  municipality: MunicipalityRecord | null,
  sha256: string,
  officeNote: string | null = null,
): Promise<Buffer> {
  return renderPdf(toContent(asFiled, municipality, sha256, officeNote));
}

const kinds: Readonly<Record<SubmissionKind, string>> = {
  FILING: 'Istanza presentata online',
  INTEGRATION: 'Integrazione di un’istanza presentata online',
  WITHDRAWAL: 'Ritiro di un’istanza presentata online',
};

function toContent(
  asFiled: FiledApplication,
  municipality: MunicipalityRecord | null,
  sha256: string,
  officeNote: string | null,
): PdfContent {
  const { title, reference, filedAt, kind } = asFiled;
  return {
    title: `${title}, riferimento ${reference}`,
    author: municipality?.name ?? '',
    date: romeDateOf(new Date(filedAt)),
    footer: `Riferimento ${reference}`,
    blocks: [
      ...letterheadOf(municipality),
      { kind: 'text', text: kinds[kind], look: 'small' },
      { kind: 'heading', level: 1, text: title },
      { kind: 'heading', level: 2, text: 'Presentazione' },
      { kind: 'facts', facts: filingFacts(asFiled) },
      { kind: 'heading', level: 2, text: 'Richiedente' },
      { kind: 'facts', facts: applicantFacts(asFiled.applicant) },
      ...childBlocks(asFiled.child, officeNote),
      ...reasonBlocks(asFiled.reason),
      ...answerBlocks(asFiled.answers),
      ...attachmentBlocks(asFiled.attachments),
      { kind: 'heading', level: 2, text: 'Integrità' },
      {
        kind: 'text',
        text: 'Quanto sopra è conservato così come è stato inviato. L’impronta seguente, calcolata su tutti i dati inviati e sulle impronte degli allegati, permette di verificarlo.',
      },
      { kind: 'facts', facts: [{ label: 'Impronta SHA-256', value: sha256, look: 'small' }] },
    ],
  };
}

function filingFacts(asFiled: FiledApplication): readonly Fact[] {
  const { reference, filedAt, schoolYear, revision, procedureCode, previousEntry } = asFiled;
  return [
    { label: 'Riferimento', value: reference },
    { label: 'Inviata il', value: `${formatItalianMoment(filedAt)} (ora italiana)` },
    ...(schoolYear === null ? [] : [{ label: 'Anno scolastico', value: schoolYear }]),
    ...(previousEntry === null
      ? []
      : [{ label: 'Riguarda il protocollo', value: `n. ${previousEntry.number} del ${previousEntry.year}` }]),
    { label: 'Procedimento', value: procedureCode },
    { label: 'Revisione del modello', value: revision },
  ];
}

const signInMethods: Readonly<Record<SignInMethod, string>> = {
  SPID: 'SPID',
  CIE: 'CIE, carta d’identità elettronica',
  CNS: 'CNS, carta nazionale dei servizi',
  EIDAS: 'eIDAS, identità digitale europea',
  OTHER: 'altra identità digitale',
  VAT_PASSWORD: 'credenziali dell’impresa',
};

function applicantFacts(applicant: FiledApplication['applicant']): readonly Fact[] {
  const { codiceFiscale, firstName, lastName, name, email, signInMethod, level } = applicant;
  const known = [
    { label: 'Cognome', value: lastName },
    { label: 'Nome', value: firstName },
    { label: 'Denominazione', value: name },
    { label: applicant.kind === 'BUSINESS' ? 'Partita IVA' : 'Codice fiscale', value: codiceFiscale },
    { label: 'E-mail', value: email },
    {
      label: 'Identificazione',
      value: `${signInMethods[signInMethod]}${level === null ? '' : `, livello ${level}`}`,
    },
  ];
  return known.flatMap(({ label, value }) => (value?.trim() ? [{ label, value }] : []));
}

function childBlocks(child: FiledApplication['child'], officeNote: string | null): readonly Block[] {
  if (child === null) return [];
  const { firstName, lastName, codiceFiscale, birthDate, key } = child;
  const facts = [
    ...[
      { label: 'Cognome', value: lastName },
      { label: 'Nome', value: firstName },
    ].filter(({ value }) => value.trim() !== ''),
    { label: 'Codice fiscale', value: codiceFiscale },
    ...(birthDate === null ? [] : [{ label: 'Data di nascita', value: formatItalianDate(birthDate) }]),
    ...(key === null ? [{ label: 'Anagrafe', value: 'dati dichiarati dal richiedente' }] : []),
    ...(officeNote === null ? [] : [{ label: 'Per l’ufficio', value: officeNote }]),
  ];
  return [
    { kind: 'heading', level: 2, text: 'Alunno' },
    { kind: 'facts', facts },
  ];
}

function reasonBlocks(reason: string | null): readonly Block[] {
  if (reason === null) return [];
  return [
    { kind: 'heading', level: 2, text: 'Motivazione' },
    { kind: 'text', text: reason },
  ];
}

type Answer = FiledApplication['answers'][number];

/** In the form's order; consecutive fields of one group under their heading. */
function answerBlocks(answers: readonly Answer[]): readonly Block[] {
  const runs: { readonly group: string | null; readonly facts: Fact[] }[] = [];
  for (const answer of answers) {
    const last = runs.at(-1);
    if (last?.group === answer.group) last.facts.push(toFact(answer));
    else runs.push({ group: answer.group, facts: [toFact(answer)] });
  }
  return runs.flatMap(({ group, facts }) => [
    { kind: 'heading', level: 2, text: group ?? 'Dati della domanda' } as const,
    { kind: 'facts', facts } as const,
  ]);
}

function toFact({ label, kind, value, certified }: Answer): Fact {
  return { label, value: `${shown(kind, value)}${certified ? ' (dato certificato)' : ''}` };
}

function shown(kind: Answer['kind'], value: string): string {
  if (value === '') return 'nessuna risposta';
  if (kind === 'CHECKBOX') return value === 'true' ? 'Sì' : 'No';
  return kind === 'DATE' && isCalendarDate(value) ? formatItalianDate(value as CalendarDate) : value;
}

function attachmentBlocks(attachments: FiledApplication['attachments']): readonly Block[] {
  const heading = { kind: 'heading', level: 2, text: 'Allegati' } as const;
  if (attachments.length === 0) return [heading, { kind: 'text', text: 'Nessun allegato.' }];
  return [
    heading,
    ...attachments.flatMap(({ label, fileName, mediaType, sizeBytes, sha256 }) => [
      { kind: 'heading', level: 3, text: label } as const,
      {
        kind: 'facts',
        facts: [
          { label: 'File', value: fileName },
          { label: 'Tipo e dimensione', value: `${mediaType}, ${sizeBytes.toLocaleString('it-IT')} byte` },
          { label: 'Impronta SHA-256', value: sha256, look: 'small' },
        ],
      } as const,
    ]),
  ];
}
