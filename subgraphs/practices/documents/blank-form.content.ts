import type { Block, Input, PdfContent } from '../../../core/pdf/content.ts';
import { blocksOfHtml } from '../../../core/pdf/html-blocks.ts';
import { type CalendarDate, formatItalianDate } from '../../../core/values/index.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import { nameOfMediaType } from '../records/media-types.ts';
import type {
  AnswerRule,
  FormEntity,
  StoredChoice,
  StoredField,
  StoredOffice,
  StoredRequiredAttachment,
  TemplateEntity,
} from '../records/template.entity.ts';

/** A template's form to fill in by hand or on a screen and to send by e-mail: its fields in order. */
export function blankFormContent(
  template: TemplateEntity,
  { fields, requiredAttachments, choices }: FormEntity,
  body: MunicipalityRecord | null,
  today: CalendarDate,
): PdfContent {
  const { title, opensOn, closesOn } = template;
  return {
    title,
    author: body?.name ?? '',
    date: today,
    footer: title,
    blocks: [
      ...letterheadOf(body),
      { kind: 'heading', level: 1, text: title },
      {
        kind: 'text',
        text: 'Modulo da compilare a mano o al computer. I campi con l’asterisco (*) sono obbligatori.',
      },
      ...whenBlocks(opensOn as CalendarDate | null, closesOn as CalendarDate | null),
      ...whoBlocks(template, fields),
      ...fieldBlocks(fields, choices),
      ...attachmentBlocks(requiredAttachments),
      ...privacyBlocks(body),
      ...signatureBlocks,
      ...sendingBlocks(template.contact),
    ],
  };
}

function whenBlocks(opensOn: CalendarDate | null, closesOn: CalendarDate | null): readonly Block[] {
  const days = [
    opensOn === null ? '' : ` dal ${formatItalianDate(opensOn)}`,
    closesOn === null ? '' : ` fino al ${formatItalianDate(closesOn)}`,
  ].join('');
  return days === '' ? [] : [{ kind: 'text', look: 'strong', text: `Si presenta${days}.` }];
}

/**
 * Online, the sign-in identifies the applicant. On paper, the form asks for it, unless it has such fields itself.
 */
function whoBlocks({ concernsChild }: TemplateEntity, fields: readonly StoredField[]): readonly Block[] {
  const asks = (pattern: RegExp) => fields.some(({ code, prefill }) => pattern.test(prefill ?? code));
  return [
    ...(asks(/^(APPLICANT|RICH)/) ? [] : person('Richiedente', 'RICHIEDENTE', ['Telefono', 'E-mail'])),
    ...(!concernsChild || asks(/^(CHILD|ALUN)/) ? [] : person('Alunno', 'ALUNNO', [])),
  ];
}

function person(heading: string, name: string, more: readonly string[]): readonly Block[] {
  const required = ['Cognome', 'Nome', 'Codice fiscale'];
  return [
    { kind: 'heading', level: 2, text: heading },
    ...[...required, ...more].map((label, n): Input => {
      const letters = label === 'Codice fiscale' ? 16 : 60;
      const isRequired = n < required.length;
      return {
        kind: 'input',
        name: `${name}-${n + 1}`,
        label,
        isRequired,
        answer: { kind: 'text', letters },
      };
    }),
  ];
}

/** Groups consecutive fields of one group under their heading. */
function fieldBlocks(fields: readonly StoredField[], choices: readonly StoredChoice[]): readonly Block[] {
  const labels = new Map(fields.map(({ code, label }) => [code, label]));
  const blocks: Block[] = [];
  let group: string | null = null;
  for (const field of fields) {
    if (field.group !== group && field.group !== null)
      blocks.push({ kind: 'heading', level: 2, text: field.group });
    group = field.group;
    const choice = choices.find(({ codes }) => codes[0] === field.code);
    if (choice !== undefined) blocks.push({ kind: 'text', text: howMany(choice), look: 'small' });
    if (field.kind === 'NOTE') blocks.push(...noteBlocks(field));
    else blocks.push(toInput(field, labels));
  }
  return blocks;
}

function howMany({ label, codes, atLeast, atMost }: StoredChoice): string {
  if (atMost === 1) return `${label}: barrare una sola casella.`;
  const least = atLeast > 0 ? ` almeno ${atLeast}` : '';
  const most = atMost < codes.length ? ` al massimo ${atMost}` : '';
  return `${label}: barrare${[least, most].filter(Boolean).join(' e') || ' le caselle che servono'}.`;
}

function noteBlocks({ label, noteHtml }: StoredField): readonly Block[] {
  return [{ kind: 'text', text: label, look: 'strong' }, ...blocksOfHtml(noteHtml ?? '')];
}

function toInput(field: StoredField, labels: ReadonlyMap<string, string>): Input {
  const { code, label, required, linkedFieldCode, rule = null } = field;
  const linked = linkedFieldCode === null ? undefined : labels.get(linkedFieldCode);
  const hints = [rule === null ? null : hintOf(rule), linked === undefined ? null : `Solo per: ${linked}.`];
  const hint = hints.filter((part) => part !== null).join(' ');
  return {
    kind: 'input',
    name: code,
    label,
    isRequired: required,
    isDependent: linked !== undefined,
    ...(hint === '' ? {} : { hint }),
    answer: answerOf(field),
  };
}

function answerOf({ kind, maxLength, rule }: StoredField): Input['answer'] {
  if (kind === 'CHECKBOX') return { kind: 'check' };
  if (kind === 'DATE') return { kind: 'date' };
  return rule?.kind === 'ONE_OF'
    ? { kind: 'choice', options: rule.options }
    : { kind: 'text', letters: maxLength };
}

function hintOf({ kind }: AnswerRule): string | null {
  const hints: Partial<Record<AnswerRule['kind'], string>> = {
    IBAN: '27 caratteri, se italiano: comincia con IT.',
    CODICE_FISCALE: '16 caratteri, come sulla tessera sanitaria.',
    POSTAL_CODE: '5 cifre.',
    YEAR: '4 cifre.',
  };
  return hints[kind] ?? null;
}

function attachmentBlocks(attachments: readonly StoredRequiredAttachment[]): readonly Block[] {
  if (attachments.length === 0) return [];
  const items = attachments.map(
    ({ label, required, mediaTypes, maxBytes }) =>
      `${label}${required ? ' *' : ''} (${mediaTypes.map(nameOfMediaType).join(', ')}; al massimo ${Math.floor(maxBytes / 1024 / 1024)} MB)`,
  );
  return [
    { kind: 'heading', level: 2, text: 'Allegati' },
    { kind: 'list', items },
  ];
}

const signatureBlocks: readonly Block[] = [
  { kind: 'heading', level: 2, text: 'Firma' },
  { kind: 'input', name: 'LUOGO-E-DATA', label: 'Luogo e data', answer: { kind: 'text', letters: 30 } },
  { kind: 'input', name: 'FIRMA', label: 'Firma del richiedente', answer: { kind: 'signature' } },
];

function sendingBlocks(contact: StoredOffice | null): readonly Block[] {
  if (contact === null) return [];
  const { name, phone, email } = contact;
  const instruction =
    email === null
      ? `Consegnare il modulo, con gli allegati, a: ${name}.`
      : `Inviare il modulo, con gli allegati, per e-mail a ${email} (${name}).`;
  return [
    { kind: 'heading', level: 2, text: 'Dove inviarlo' },
    { kind: 'text', text: instruction },
    {
      kind: 'text',
      // Source: article 38 of D.P.R. 445/2000.
      text: 'Se la firma è a mano, unire la copia di un documento di identità di chi firma.',
    },
    ...(phone === null
      ? []
      : [{ kind: 'text', text: `Per informazioni: ${name}, telefono ${phone}.` } as const]),
  ];
}

function privacyBlocks(body: MunicipalityRecord | null): readonly Block[] {
  const controller = body === null ? 'dall’ente' : `da ${body.name}`;
  return [
    { kind: 'heading', level: 2, text: 'Dati personali' },
    {
      kind: 'text',
      look: 'small',
      text: `I dati scritti in questo modulo sono trattati ${controller}, titolare del trattamento, per decidere sulla domanda e dare il servizio richiesto, ai sensi del regolamento (UE) 2016/679. Ai recapiti di questo modulo si possono chiedere l’informativa completa, l’accesso ai propri dati e la loro rettifica.`,
    },
  ];
}
