import { element, type Xml, xmlDocument } from '../../../core/xml/write-xml.ts';
import type { ChildRegistration } from '../../../legacy/ports/anagrafe.port.ts';
import type { FiledApplication } from '../records/filed-application.ts';

/**
 * A filed application for the office's software, which need not have it typed in again.
 *
 * Shape: an `istanza` with attributes `tipo` (ISTANZA, INTEGRAZIONE, RITIRO) and `riferimento`, in Italian like its
 * readers. `anagrafe` of `alunno` is the child's place of registration, seen from the applicant:
 * NUCLEO_DEL_RICHIEDENTE, ALTRO_NUCLEO, NON_RESIDENTE or SCONOSCIUTO. `tipo` of a `risposta` is CASELLA, TESTO or
 * DATA. `allegato` names each file as in the protocol register.
 */
export function applicationXml(
  asFiled: FiledApplication,
  sent: {
    readonly sha256: string;
    readonly fileNames: readonly string[];
    /** Null without a child. */
    readonly childRegistration: ChildRegistration | null;
  },
): Buffer {
  const { templateId, title, schoolYear, revision, previousEntry, reason } = asFiled;
  const root = element(
    'istanza',
    { versione: 1, tipo: kinds[asFiled.kind], riferimento: asFiled.reference, pratica: asFiled.practiceId },
    [
      element('presentata', asFiled.filedAt),
      element('procedimento', { codice: asFiled.procedureCode }),
      element('modello', { codice: templateId, revisione: revision, annoScolastico: schoolYear }, title),
      applicant(asFiled.applicant),
      ...(asFiled.child === null ? [] : [child(asFiled.child, sent.childRegistration)]),
      element('risposte', asFiled.answers.map(answer)),
      element(
        'allegati',
        {},
        asFiled.attachments.map((one, index) => attachment(one, sent.fileNames[index] ?? one.fileName)),
      ),
      ...(previousEntry === null
        ? []
        : [element('protocolloPrecedente', { numero: previousEntry.number, anno: previousEntry.year })]),
      ...(reason === null ? [] : [element('motivo', reason)]),
      element('impronta', { algoritmo: 'SHA-256' }, sent.sha256),
    ],
  );
  return Buffer.from(xmlDocument(root));
}

const kinds = { FILING: 'ISTANZA', INTEGRATION: 'INTEGRAZIONE', WITHDRAWAL: 'RITIRO' } as const;

function applicant(registration: FiledApplication['applicant']): Xml {
  return element('richiedente', { accesso: registration.signInMethod, livello: registration.level }, [
    element('codiceFiscale', registration.codiceFiscale),
    ...optional({
      cognome: registration.lastName,
      nome: registration.firstName,
      ragioneSociale: registration.name,
      email: registration.email,
    }),
  ]);
}

function child(record: NonNullable<FiledApplication['child']>, registration: ChildRegistration | null): Xml {
  const anagrafe = registration === null ? null : registrations[registration];
  return element('alunno', { codice: record.key, anagrafe }, [
    element('codiceFiscale', record.codiceFiscale),
    element('cognome', record.lastName),
    element('nome', record.firstName),
    ...optional({ dataNascita: record.birthDate }),
  ]);
}

const registrations: Readonly<Record<ChildRegistration, string>> = {
  APPLICANTS_HOUSEHOLD: 'NUCLEO_DEL_RICHIEDENTE',
  OTHER_HOUSEHOLD: 'ALTRO_NUCLEO',
  NOT_RESIDENT: 'NON_RESIDENTE',
  UNKNOWN_CHILD: 'SCONOSCIUTO',
};

function answer({ code, label, group, kind, certified, value }: FiledApplication['answers'][number]): Xml {
  const marks = {
    codice: code,
    tipo: answerKinds[kind],
    gruppo: group,
    certificata: certified ? 'si' : 'no',
  };
  return element('risposta', { ...marks, etichetta: label }, value);
}

const answerKinds = { CHECKBOX: 'CASELLA', TEXT: 'TESTO', DATE: 'DATA' } as const;

function attachment(registration: FiledApplication['attachments'][number], name: string): Xml {
  return element(
    'allegato',
    {
      codice: registration.code,
      nome: name,
      tipo: registration.mediaType,
      byte: registration.sizeBytes,
      sha256: registration.sha256,
    },
    registration.label,
  );
}

function optional(values: Readonly<Record<string, string | null>>): readonly Xml[] {
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : element(name, value)));
}
