import type { CombinedError } from '@urql/core';

/** What went wrong with a whole request, as the person is told. */
export interface RequestProblem {
  readonly text: string;
  /** For whoever helps: the request's id in the server's log. */
  readonly requestId: string | null;
  readonly isSignedOut: boolean;
}

const texts: Readonly<Record<string, string>> = {
  LEGACY_UNAVAILABLE: 'Il sistema del Comune non risponde in questo momento.',
  LEGACY_REJECTED: 'Il sistema del Comune non ha accettato la richiesta.',
  SUBGRAPH_UNAVAILABLE: 'Questa parte del servizio non risponde in questo momento.',
  TIMEOUT: 'La risposta richiede troppo tempo.',
  OVERLOADED: 'Il servizio è molto richiesto in questo momento.',
  PAGOPA_UNAVAILABLE: 'pagoPA non risponde in questo momento.',
  UNAUTHENTICATED: 'L’accesso è scaduto.',
  FORBIDDEN: 'Il tuo accesso non permette questa operazione.',
  BAD_USER_INPUT: 'La richiesta contiene un valore che non può essere accettato.',
};

export function codeOf(error: { readonly extensions?: Record<string, unknown> }): string {
  return String(error.extensions?.code ?? 'INTERNAL_SERVER_ERROR');
}

export function textOf(code: string): string {
  return texts[code] ?? 'Qualcosa non ha funzionato.';
}

export function problemOf(error: CombinedError): RequestProblem {
  const [first] = error.graphQLErrors;
  if (first === undefined)
    return {
      text: 'Il servizio non è raggiungibile. Controlla la connessione.',
      requestId: null,
      isSignedOut: false,
    };
  const code = codeOf(first);
  const { requestId } = first.extensions;
  return {
    text: code === 'TOO_MANY_REQUESTS' ? waitText(error.response as Response | undefined) : textOf(code),
    requestId: typeof requestId === 'string' ? requestId : null,
    isSignedOut: code === 'UNAUTHENTICATED',
  };
}

function waitText(response: Response | undefined): string {
  const seconds = Number(response?.headers.get('retry-after') ?? 0);
  if (!(seconds > 0)) return 'Troppe richieste in poco tempo. Riprova tra poco.';
  return `Troppe richieste in poco tempo. Riprova tra ${seconds} ${seconds === 1 ? 'secondo' : 'secondi'}.`;
}
