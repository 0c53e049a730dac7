import type { PracticeChannel, PracticeStatus } from '../api/operations.generated.ts';
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
