import { DOMParser, type Element } from '@xmldom/xmldom';

/** `istanza.xml` as the office's software reads it. */
export interface Application {
  readonly kind: 'ISTANZA' | 'INTEGRAZIONE' | 'RITIRO';
  readonly procedure: string;
  readonly title: string;
  /** Shape: `2026/2027`; null if the procedure has none. */
  readonly schoolYear: string | null;
  readonly child: {
    readonly codiceFiscale: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly birthDate: string | null;
    /** Whether the child is a resident in another household than the applicant's. */
    readonly isOfOtherHousehold: boolean;
  } | null;
  /** By code; an unticked box is `false` or missing. */
  readonly answers: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly code: string; readonly name: string }[];
  readonly reason: string | null;
}

/** Errors: another kind of document. */
export function readApplication(xml: string): Application {
  const root = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(message);
    },
  }).parseFromString(xml, 'text/xml').documentElement;
  if (root?.localName !== 'istanza') throw new Error('No istanza.');
  const all = (name: string) => [...root.getElementsByTagName(name)];
  const [model] = all('modello');
  return {
    kind: root.getAttribute('tipo') as Application['kind'],
    procedure: all('procedimento')[0]?.getAttribute('codice') ?? '',
    title: model?.textContent ?? '',
    schoolYear: model?.getAttribute('annoScolastico') || null,
    child: childOf(all('alunno')[0]),
    answers: Object.fromEntries(
      all('risposta').map((answer) => [answer.getAttribute('codice') ?? '', answer.textContent ?? '']),
    ),
    attachments: all('allegato').map((one) => ({
      code: one.getAttribute('codice') ?? '',
      name: one.getAttribute('nome') ?? '',
    })),
    reason: all('motivo')[0]?.textContent ?? null,
  };
}

function childOf(child: Element | undefined): Application['child'] {
  if (child === undefined) return null;
  const text = (name: string) => child.getElementsByTagName(name)[0]?.textContent ?? '';
  return {
    codiceFiscale: text('codiceFiscale'),
    firstName: text('nome'),
    lastName: text('cognome'),
    birthDate: text('dataNascita') || null,
    isOfOtherHousehold: child.getAttribute('anagrafe') === 'ALTRO_NUCLEO',
  };
}
