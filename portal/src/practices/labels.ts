import type { PracticeChannel, PracticeStatus } from '../api/operations.generated.ts';
import type { AlertKind } from '../ui/alert.tsx';
import type { Labels } from '../ui/labels.ts';

export const practiceLabels: Labels<PracticeStatus> = {
  DRAFT: ['Bozza sospesa', 'neutral'],
  SUBMITTED: ['Inviata', 'info'],
  REGISTERED: ['Presa in carico', 'info'],
  INTEGRATION_REQUESTED: ['Integrazione richiesta', 'warning'],
  ACCEPTED: ['Accolta', 'success'],
  REJECTED: ['Respinta', 'danger'],
  WITHDRAWN: ['Ritirata', 'neutral'],
};

export const channels: Readonly<Partial<Record<PracticeChannel, string>>> = {
  ONLINE: 'Servizi online',
  PREVIOUS_PORTAL: 'Portale precedente',
  COUNTER: 'Sportello',
};

/** What each milestone means, told to the applicant. */
export const milestoneTexts: Readonly<Partial<Record<PracticeStatus, string>>> = {
  DRAFT: 'Compilazione iniziata',
  SUBMITTED: 'Domanda inviata',
  REGISTERED: 'Domanda protocollata e presa in carico dall’ufficio',
  INTEGRATION_REQUESTED: 'L’ufficio ha chiesto un’integrazione',
  ACCEPTED: 'Domanda accolta',
  REJECTED: 'Domanda respinta',
  WITHDRAWN: 'Domanda ritirata',
};

/** What has become of an application after INVIA: a kind of message, its title, and a sentence where there is more to say. */
type Standing = readonly [kind: AlertKind, title: string, text: string | null];

const standings: Readonly<Partial<Record<PracticeStatus, Standing>>> = {
  SUBMITTED: [
    'success',
    'Abbiamo ricevuto la tua domanda',
    'Il numero di protocollo arriva tra poco. La domanda è al sicuro anche se chiudi questa pagina.',
  ],
  REGISTERED: ['success', 'Abbiamo ricevuto la tua domanda', null],
  ACCEPTED: ['success', 'La tua domanda è stata accolta', 'Nella pratica trovi i documenti dell’ufficio.'],
  REJECTED: [
    'danger',
    'La tua domanda è stata respinta',
    'Nella pratica trovi l’esito e i documenti dell’ufficio.',
  ],
  WITHDRAWN: ['info', 'Hai ritirato questa domanda', 'L’ufficio non la esamina più.'],
};

export const standingOf = (status: PracticeStatus): Standing =>
  standings[status] ?? [
    'info',
    'Lo stato di questa domanda è da verificare con l’ufficio',
    'La domanda è stata inviata.',
  ];
