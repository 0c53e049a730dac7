import type {
  AccessLogRole,
  PortalReceivedShareFragment,
  SharingScope,
} from '../api/operations.generated.ts';

interface ScopeText {
  readonly label: string;
  readonly hint: string;
}

/** In the order in which they are offered. */
export const scopeTexts = {
  ENROLMENT: { label: 'Iscrizioni', hint: 'Servizio, scuola, classe e date.' },
  ATTENDANCE: { label: 'Presenze e assenze', hint: 'Il calendario, mese per mese.' },
  BILLING: {
    label: 'Documenti contabili',
    hint: 'Fatture, allegati, importi da pagare e avvisi di pagamento.',
  },
  PAYING: {
    label: 'Documenti contabili e pagamento',
    hint: 'Può anche pagare online. Ciascuno vede soltanto le proprie ricevute.',
  },
  DIET: {
    label: 'Dieta speciale',
    hint: 'È un dato sulla salute. Si vede insieme alle iscrizioni: condividi anche quelle.',
  },
} as const satisfies Readonly<Record<SharingScope, ScopeText>>;

const known: Readonly<Partial<Record<string, ScopeText>>> = scopeTexts;

/** Shape: `Iscrizioni, Presenze e assenze`. */
export function scopesText(scopes: readonly SharingScope[]): string {
  return scopes.map((scope) => known[scope]?.label ?? 'Altri dati').join(', ');
}

/** The share by which the caller sees a child, if there is one. */
export function shareOf(
  shares: readonly PortalReceivedShareFragment[] | null | undefined,
  childId: string,
): PortalReceivedShareFragment | null {
  return shares?.find(({ child }) => child?.id === childId) ?? null;
}

const roles: Readonly<Partial<Record<AccessLogRole, string>>> = {
  YOU: 'Tu',
  SHARED_WITH: 'Una persona con cui i dati sono condivisi',
  OTHER_PARENT: 'L’altro genitore, o un’altra persona della famiglia',
  OTHER_PERSON: 'Un’altra persona',
  INTEGRATOR: 'Un programma autorizzato dal Comune',
  SYSTEM: 'Il Comune',
};

export function actorText({
  role,
  name,
}: {
  readonly role: AccessLogRole;
  readonly name: string | null;
}): string {
  const text = roles[role] ?? 'Da verificare con l’ufficio';
  return name === null ? text : `${text}: ${name}`;
}

const actions: Readonly<Record<string, string>> = {
  'Citizen.children': 'Elenco dei figli',
  'Child.read': 'Dati anagrafici',
  'Child.schoolRecord': 'Iscrizioni',
  'Child.attendance': 'Presenze e assenze',
  'Child.invoices': 'Documenti contabili',
  'Citizen.invoices': 'Documenti contabili',
  'Citizen.instalments': 'Rate dei documenti contabili',
  'Child.shares': 'Elenco delle condivisioni',
  'Child.accessLog': 'Elenco degli accessi',
  'Share.read': 'Condivisione: lettura',
  'Share.give': 'Condivisione: concessa o modificata',
  'Share.revoke': 'Condivisione: revocata',
  'Document.download': 'Documento scaricato',
  'Document.upload': 'Documento caricato',
  'Debt.list': 'Importi da pagare',
  'Debt.read': 'Importi da pagare',
  'Payment.start': 'Pagamento iniziato',
  'Payment.cancel': 'Pagamento annullato',
  'Payment.list': 'Pagamenti fatti',
  'Practice.list': 'Pratiche',
  'Practice.read': 'Pratica: lettura',
  'Practice.start': 'Pratica: iniziata',
  'Practice.upload': 'Pratica: file allegato',
  'SpontaneousPayment.create': 'Pagamento spontaneo',
};

/** Kinds that are added later are named by what they belong to. */
export function actionText(action: string): string {
  const known = actions[action];
  if (known !== undefined) return known;
  const [entity] = action.split('.');
  if (entity === 'Practice') return 'Pratica: modificata';
  if (entity === 'Invoice') return 'Documenti contabili';
  if (entity?.includes('Payment') || entity === 'Notice' || entity === 'Debt') return 'Pagamenti';
  return 'Altri dati scolastici';
}
