import type { Block, Fact, PdfContent } from '../../../core/pdf/content.ts';
import {
  type CalendarDate,
  type EuroCents,
  formatEuro,
  formatItalianDate,
  formatItalianMoment,
  type Instant,
  isCalendarDate,
  romeDateOf,
  toInstant,
} from '../../../core/values/index.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import type { SubjectRows } from './subject-rows.ts';
import { subjectWords, type TableWords, valueWords } from './subject-words.ts';

export interface SubjectExport {
  readonly subject: string;
  readonly madeAt: Date;
  readonly tables: SubjectRows;
  readonly municipality: MunicipalityRecord | null;
}

/** Of one table. Beyond it the document names the JSON, which has all. */
const mostRows = 300;
const mostLetters = 4_000;

/** The export of a person to be read, in Italian: every table that has rows, without the codes of machines. */
export function subjectContent({ subject, madeAt, tables, municipality }: SubjectExport): PdfContent {
  const day = romeDateOf(madeAt);
  const sections = Object.entries(subjectWords).flatMap(([table, words]) =>
    sectionOf(words, (tables[table] ?? []) as readonly Row[]),
  );
  const uses = usesOf((tables.audit_event ?? []) as readonly Row[]);
  const isEmpty = sections.length + uses.length === 0;
  return {
    title: `Dati personali conservati: ${subject}`,
    author: municipality?.name ?? '',
    date: day,
    footer: `Dati personali di ${subject} al ${formatItalianDate(day)}`,
    blocks: [
      ...letterheadOf(municipality),
      { kind: 'heading', level: 1, text: 'Dati personali conservati' },
      {
        kind: 'facts',
        facts: [
          { label: 'Persona', value: subject },
          { label: 'Aggiornato al', value: formatItalianMoment(toInstant(madeAt)) },
          { label: 'Riferimento', value: 'Regolamento (UE) 2016/679, art. 15' },
        ],
      },
      { kind: 'text', text: scope },
      ...(isEmpty ? [{ kind: 'text', look: 'strong', text: noDataSentence } as const] : []),
      ...sections,
      ...uses,
    ],
  };
}

const scope =
  'Questo documento contiene i dati che la banca dati di questo servizio conserva sulla persona. I dati del gestionale dei servizi scolastici, del protocollo e di pagoPA si chiedono ai rispettivi uffici. I codici tecnici, che qui mancano, sono nel file JSON che accompagna il documento.';
const noDataSentence = 'Su questa persona non è conservato alcun dato.';

type Row = Readonly<Record<string, unknown>>;

function sectionOf({ title, purpose, columns }: TableWords, rows: readonly Row[]): readonly Block[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostRows).flatMap((row, position): readonly Block[] => {
    const facts = Object.entries(columns).flatMap(([column, label]) => factOf(label, column, row[column]));
    const heading: Block = { kind: 'heading', level: 3, text: `${title}, ${position + 1} di ${rows.length}` };
    return facts.length === 0 ? [] : [heading, { kind: 'facts', facts }];
  });
  return [
    { kind: 'heading', level: 2, text: title },
    { kind: 'text', look: 'small', text: purpose },
    ...shown,
    ...restOf(rows.length - mostRows),
  ];
}

function restOf(count: number): readonly Block[] {
  if (count <= 0) return [];
  const text = count === 1 ? 'Un’altra voce è nel file JSON.' : `Altre ${count} voci sono nel file JSON.`;
  return [{ kind: 'text', look: 'strong', text }];
}

function factOf(label: string, column: string, value: unknown): readonly Fact[] {
  const text =
    column === 'amount' ? `${formatEuro(Number(value) as EuroCents)} euro` : textOf(parsed(column, value));
  if (text === '') return [];
  const isLong = text.length > mostLetters;
  return [{ label, value: isLong ? `${text.slice(0, mostLetters)}… (continua nel file JSON)` : text }];
}

/** Applications are kept as the text that was hashed. */
function parsed(column: string, value: unknown): unknown {
  if (column !== 'as_filed' || typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** Lists and objects as text, one entry a line. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'sì' : 'no';
  if (typeof value === 'string') return wordOf(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, one]) => [key, textOf(one)] as const)
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key}: ${text}`)
    .join('\n');
}

function wordOf(text: string): string {
  if (isCalendarDate(text)) return formatItalianDate(text as CalendarDate);
  if (moment.test(text) && !Number.isNaN(Date.parse(text)))
    return formatItalianMoment(toInstant(new Date(text)) as Instant);
  return Object.hasOwn(valueWords, text) ? (valueWords[text] ?? text) : text;
}

interface Use {
  readonly day: CalendarDate;
  readonly action: string;
  readonly outcome: string;
  times: number;
}

/** The person's own requests by day and action: one table of the audit trail's many events. */
function usesOf(events: readonly Row[]): readonly Block[] {
  const uses = new Map<string, Use>();
  for (const { at, event } of events) {
    const day = romeDateOf(new Date(String(at)));
    const { outcome, did } = linkOf(event);
    for (const { action, times = 1 } of did) {
      const key = `${day} ${action} ${outcome}`;
      const use = uses.get(key) ?? { day, action, outcome, times: 0 };
      use.times += times;
      uses.set(key, use);
    }
  }
  if (uses.size === 0) return [];
  const rows = [...uses.values()].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  return [
    { kind: 'heading', level: 2, text: 'Richieste della persona nel registro degli accessi' },
    {
      kind: 'text',
      look: 'small',
      text: 'Responsabilizzazione e sicurezza: si conserva due anni, sotto pseudonimo.',
    },
    {
      kind: 'table',
      head: ['GIORNO', 'OPERAZIONE', 'ESITO', 'VOLTE'],
      rows: rows
        .slice(0, mostRows)
        .map(({ day, action, outcome, times }) => [
          formatItalianDate(day),
          action,
          outcome === 'refused' ? 'rifiutata' : 'eseguita',
          String(times),
        ]),
      rowHeader: 1,
      rightAligned: [3],
    },
    ...restOf(rows.length - mostRows),
  ];
}

interface ReadLink {
  readonly outcome: string;
  readonly did: readonly { readonly action: string; readonly times?: number }[];
}

/** An event of any version; one that cannot be read is in the JSON. */
function linkOf(event: unknown): ReadLink {
  try {
    const { outcome = '', did } = JSON.parse(String(event)) as Partial<ReadLink>;
    return { outcome, did: Array.isArray(did) ? did : [] };
  } catch {
    return { outcome: '', did: [] };
  }
}
