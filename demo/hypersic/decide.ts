import type { Application } from './read-application.ts';

/** The office's data about an application. */
export interface KnownFacts {
  /** Codes of files that came with the application and all integrations. */
  readonly attachmentCodes: readonly string[];
  readonly schools: readonly string[];
  /** Whether the child has an active enrolment of this applicant's in the application's school year. */
  readonly isEnrolled: boolean;
  /** The applicant's payments for the child in the requested year. */
  readonly paidCents: number;
}

export type Decision =
  | { readonly kind: 'accept'; readonly words: string }
  | { readonly kind: 'reject'; readonly words: string }
  | {
      readonly kind: 'ask';
      readonly words: string;
      readonly attachment: { readonly code: string; readonly label: string };
    };

const certificate = { code: 'CERT_MEDICO', label: 'Certificato medico per la dieta' };

/** The decision of the demo's office; docs/demo-town.md has the rules. */
export function decide({ procedure, answers, child }: Application, known: KnownFacts): Decision {
  const wantsDiet = procedure === 'DIETA' || (procedure === 'ISCR' && answers.DIETA === 'true');
  if ((procedure === 'ISCR' || procedure === 'RESID') && child?.isOfOtherHousehold)
    return reject(
      'il minore risulta in un altro nucleo familiare: presentarsi allo sportello con i documenti.',
    );
  if (procedure === 'ISCR' && !known.schools.includes(answers.SCUOLA ?? ''))
    return reject('la scuola indicata non è fra quelle servite dalla mensa.');
  if ((procedure === 'DIETA' || procedure === 'MODPAG') && !known.isEnrolled)
    return reject('per l’anno scolastico indicato non risulta alcuna iscrizione al servizio.');
  if (procedure === 'CERT' && known.paidCents === 0)
    return reject('per l’anno indicato non risultano spese pagate.');
  if (wantsDiet && !known.attachmentCodes.includes(certificate.code))
    return {
      kind: 'ask',
      words: 'Per la dieta speciale occorre il certificato del medico curante.',
      attachment: certificate,
    };
  return { kind: 'accept', words: acceptances[procedure] ?? 'Domanda accolta.' };
}

const acceptances: Readonly<Record<string, string>> = {
  ISCR: 'Domanda accolta.',
  CERT: 'Certificazione rilasciata.',
  DIETA: 'Dieta speciale concessa.',
  RESID: 'Variazione di residenza annotata.',
  MODPAG: 'Modalità di pagamento variata.',
};

function reject(words: string): Decision {
  return { kind: 'reject', words: `Domanda respinta: ${words}` };
}
