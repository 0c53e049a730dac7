import { ApiError } from '@school-services/client';
import { told } from '../language.ts';

/** What went wrong with a whole request, as the person is told. */
export interface RequestProblem {
  readonly text: string;
  /** For whoever helps: the request's id in the server's log. */
  readonly requestId: string | null;
  readonly isSignedOut: boolean;
  /** A newer version of the portal is there: this one has to be loaded again. */
  readonly isOutdated: boolean;
}

const texts: Readonly<Record<string, string>> = {
  LEGACY_UNAVAILABLE: told(
    'Il sistema del Comune non risponde in questo momento.',
    'The system of the municipality does not answer at the moment.',
  ),
  LEGACY_REJECTED: told(
    'Il sistema del Comune non ha accettato la richiesta.',
    'The system of the municipality did not accept the request.',
  ),
  SUBGRAPH_UNAVAILABLE: told(
    'Questa parte del servizio non risponde in questo momento.',
    'This part of the service does not answer at the moment.',
  ),
  TIMEOUT: told('La risposta richiede troppo tempo.', 'The answer takes too long.'),
  OVERLOADED: told(
    'Il servizio è molto richiesto in questo momento.',
    'The service is in great demand at the moment.',
  ),
  PAGOPA_UNAVAILABLE: told('pagoPA non risponde in questo momento.', 'pagoPA does not answer at the moment.'),
  UNAUTHENTICATED: told('L’accesso è scaduto.', 'The sign-in has expired.'),
  FORBIDDEN: told(
    'Il tuo accesso non permette questa operazione.',
    'Your sign-in does not allow this operation.',
  ),
  BAD_USER_INPUT: told(
    'La richiesta contiene un valore che non può essere accettato.',
    'The request has a value that cannot be accepted.',
  ),
};

/** A page that stayed open while the service was updated sends the hash of an operation that the server no longer has. */
const outdated: ReadonlySet<string> = new Set(['PERSISTED_QUERY_NOT_FOUND', 'UNKNOWN_DOCUMENT']);

export function textOf(code: string): string {
  if (outdated.has(code))
    return told(
      'È disponibile una nuova versione dei servizi online: ricarica la pagina per continuare.',
      'A new version of the online services is available: reload the page to go on.',
    );
  return texts[code] ?? told('Qualcosa non ha funzionato.', 'Something went wrong.');
}

/** Why a request failed. */
export function problemOf(error: unknown): RequestProblem {
  if (!(error instanceof ApiError) || error.code === 'NETWORK')
    return {
      text: told(
        'Il servizio non è raggiungibile. Controlla la connessione.',
        'The service cannot be reached. Check the connection.',
      ),
      requestId: null,
      isSignedOut: false,
      isOutdated: false,
    };
  const { code, requestId, retryAfterMs } = error;
  return {
    text: code === 'TOO_MANY_REQUESTS' ? waitText(retryAfterMs ?? 0) : textOf(code),
    requestId,
    isSignedOut: code === 'UNAUTHENTICATED',
    isOutdated: outdated.has(code),
  };
}

/** Why a file was not sent: the address of an upload says so in its own words. */
export function fileProblemOf(error: unknown): string {
  const failed = told('Il file non è arrivato. Riprova.', 'The file did not arrive. Try again.');
  if (!(error instanceof ApiError)) return failed;
  const { code, status, errors } = error;
  if (code in texts || outdated.has(code) || code === 'TOO_MANY_REQUESTS') return problemOf(error).text;
  const isRefusal = errors.length > 0 && status !== null && status >= 400 && status < 500;
  return isRefusal ? error.message : failed;
}

function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  if (seconds <= 0)
    return told('Troppe richieste in poco tempo. Riprova tra poco.', 'Too many requests. Try again soon.');
  return told(
    `Troppe richieste in poco tempo. Riprova tra ${seconds} ${seconds === 1 ? 'secondo' : 'secondi'}.`,
    `Too many requests. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  );
}
