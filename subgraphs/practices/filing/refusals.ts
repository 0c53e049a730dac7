import type { CalendarDate } from '../../../core/values/index.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import { toPracticeHere } from '../practice/practice.type.ts';
import type { PracticeEntity } from '../records/practice.entity.ts';
import type { PracticeStatus } from '../records/practice-status.type.ts';
import type { TemplateEntity } from '../records/template.entity.ts';
import {
  AlreadyFiled,
  AnswersInvalid,
  NotEditable,
  PracticeIncomplete,
  TemplateClosed,
  UploadRefused,
  VersionConflict,
} from './filing.result.ts';

type Asked = Pick<RequestContext, 'language'>;

export function answersInvalid({ language }: Asked, problems: readonly FieldProblem[]): AnswersInvalid {
  const message = {
    it: 'Alcuni dati non sono validi e nulla è stato salvato: correggerli e riprovare.',
    en: 'Some of it is not valid and nothing was kept: correct it and try again.',
  }[language];
  return Object.assign(new AnswersInvalid(), { code: 'ANSWERS_INVALID', message, problems });
}

export function practiceIncomplete(
  { language }: Asked,
  problems: readonly FieldProblem[],
): PracticeIncomplete {
  const message = {
    it: 'La domanda non è completa: nulla è stato inviato e la bozza resta salvata.',
    en: 'The application is not complete: nothing was sent, and the draft is kept.',
  }[language];
  return Object.assign(new PracticeIncomplete(), { code: 'PRACTICE_INCOMPLETE', message, problems });
}

export function versionConflict({ language }: Asked, practice: PracticeEntity): VersionConflict {
  const message = {
    it: 'La pratica è stata modificata nel frattempo, forse da un altro dispositivo: ricaricarla e riprovare.',
    en: 'It was changed meanwhile, perhaps on another device: load it again and repeat.',
  }[language];
  const current = toPracticeHere(practice);
  return Object.assign(new VersionConflict(), { code: 'VERSION_CONFLICT', message, current });
}

export function templateClosed(
  { language, today }: Pick<RequestContext, 'language' | 'today'>,
  template: TemplateEntity,
) {
  const opensOn = template.opensOn as CalendarDate | null;
  const closesOn = template.closesOn as CalendarDate | null;
  const isEarly = opensOn !== null && today < opensOn;
  const message = isEarly
    ? {
        it: `Le domande si possono presentare dal ${inItalian(opensOn)}.`,
        en: `Applications open on ${opensOn}.`,
      }[language]
    : {
        it: `Le domande si potevano presentare fino al ${inItalian(closesOn ?? today)}.`,
        en: `Applications closed on ${closesOn ?? today}.`,
      }[language];
  const code = isEarly ? 'TEMPLATE_NOT_YET_OPEN' : 'TEMPLATE_CLOSED';
  return Object.assign(new TemplateClosed(), { code, message, opensOn, closesOn });
}

export function alreadyFiled({ language }: Asked, practice: PracticeEntity): AlreadyFiled {
  const message = {
    it: 'Questa domanda è già stata presentata: se ne può seguire l’esito tra le proprie pratiche.',
    en: 'This application was already filed: follow it among your practices.',
  }[language];
  return Object.assign(new AlreadyFiled(), {
    code: 'ALREADY_FILED',
    message,
    practice: toPracticeHere(practice),
  });
}

export function notEditable({ language }: Asked, status: PracticeStatus): NotEditable {
  const message = stages[status][language];
  return Object.assign(new NotEditable(), { code: 'NOT_EDITABLE', message, status });
}

export function uploadRefused({ language }: Asked, code: UploadRefusal, detail = ''): UploadRefused {
  return Object.assign(new UploadRefused(), { code, message: `${uploadSentences[code][language]}${detail}` });
}

const filed: Sentence = {
  it: 'La domanda è già stata inviata e non si può più modificare.',
  en: 'The application was already filed and cannot be changed any more.',
};
const decided: Sentence = {
  it: 'La pratica ha già un esito: per altro rivolgersi all’ufficio.',
  en: 'The practice already has an outcome: for anything else ask the office.',
};
const stages: Readonly<Record<PracticeStatus, Sentence>> = {
  DRAFT: {
    it: 'È ancora una bozza: inviarla prima.',
    en: 'It is still a draft: file it first.',
  },
  SUBMITTED: filed,
  REGISTERED: filed,
  INTEGRATION_REQUESTED: {
    it: 'La domanda è già stata inviata: a una richiesta dell’ufficio si risponde con un’integrazione.',
    en: 'The application was already filed: answer what the office asks with an integration.',
  },
  ACCEPTED: decided,
  REJECTED: decided,
  WITHDRAWN: { it: 'La pratica è stata ritirata.', en: 'The practice was withdrawn.' },
  UNKNOWN: {
    it: 'Lo stato della pratica non è noto: rivolgersi all’ufficio.',
    en: 'The status of the practice is not known: ask the office.',
  },
};

const uploadSentences = {
  NOT_EDITABLE: {
    it: 'A questa pratica ora non si può allegare nulla.',
    en: 'Nothing can be attached to this practice at the moment.',
  },
  UNKNOWN_ATTACHMENT: {
    it: 'Il modulo non chiede questo allegato.',
    en: 'The form asks for no such attachment.',
  },
  MEDIA_TYPE_NOT_ACCEPTED: {
    it: 'Questo tipo di file non è accettato. Tipi accettati: ',
    en: 'This type of file is not accepted. Accepted: ',
  },
  TOO_LARGE: {
    it: 'Il file è troppo grande. Dimensione massima: ',
    en: 'The file is too large. Largest size: ',
  },
  EMPTY: { it: 'Il file è vuoto.', en: 'The file is empty.' },
  SHA256_INVALID: {
    it: 'L’impronta SHA-256 ha 64 cifre esadecimali.',
    en: 'A SHA-256 has 64 hexadecimal digits.',
  },
  FILE_NAME_INVALID: {
    it: 'Il nome del file ha da 1 a 200 caratteri che si possono stampare.',
    en: 'A file name has 1 to 200 printable characters.',
  },
  TOO_MANY: {
    it: 'Ci sono già troppi file per questa pratica: rimuoverne qualcuno.',
    en: 'There are already too many files for this practice: remove some.',
  },
  QUOTA_EXCEEDED: {
    it: 'I file caricati e quelli inviati negli ultimi 30 giorni sono troppi: rimuovere allegati o bozze, o attendere. In tutto: al massimo ',
    en: 'The files uploaded and those filed in the last 30 days are too many: remove attachments or drafts, or wait. Together at most ',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
export type UploadRefusal = keyof typeof uploadSentences;

function inItalian(date: CalendarDate): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}
