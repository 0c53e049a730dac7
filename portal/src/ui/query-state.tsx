import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { RequestProblem } from '../api/problems.ts';
import { language, told } from '../language.ts';
import { signIn } from '../sign-in/session.ts';
import { Alert } from './alert.tsx';
import { Icon } from './icon.tsx';
import { reloadPage } from './use-typed.ts';

/** What stands in the place of a page's content while it is not there. */
export function QueryState(props: {
  readonly query: {
    readonly data: unknown;
    readonly isLoading: boolean;
    readonly problem: RequestProblem | null;
    readonly isPartial: boolean;
    reload(): void;
  };
  readonly children: ReactNode;
}) {
  const { query, children } = props;
  if (query.problem !== null) return <RequestFailed problem={query.problem} onRetry={query.reload} />;
  if (query.isLoading && query.data === undefined) return <Loading />;
  return (
    <>
      {query.isPartial ? <Partial onRetry={query.reload} /> : null}
      {children}
    </>
  );
}

export function Loading() {
  return (
    <p className="portal-loading" role="status">
      Caricamento in corso…
    </p>
  );
}

export function RequestFailed({ problem, onRetry }: { readonly problem: RequestProblem; onRetry(): void }) {
  const { pathname, search } = useLocation();
  return (
    <Alert kind="danger" title={problem.text} language={language} isUrgent>
      {problem.isOutdated ? (
        <p>Quello che hai scritto resta qui.</p>
      ) : problem.requestId === null ? null : (
        <p>
          Codice per l’assistenza: <code>{problem.requestId}</code>
        </p>
      )}
      {problem.isSignedOut ? (
        <button type="button" className="btn btn-primary" onClick={() => void signIn(`${pathname}${search}`)}>
          Accedi di nuovo
        </button>
      ) : problem.isOutdated ? (
        <button type="button" className="btn btn-primary" onClick={reloadPage}>
          Ricarica la pagina
        </button>
      ) : (
        <RetryButton onRetry={onRetry} />
      )}
    </Alert>
  );
}

/** Said once for the whole page; parts that are lists say so in their own place, too. */
export function Partial({ onRetry }: { onRetry(): void }) {
  return (
    <Alert kind="warning" title="Alcune informazioni di questa pagina non sono disponibili ora">
      <p>Una parte del servizio non risponde. Quello che vedi è corretto, ma può mancare qualcosa.</p>
      <RetryButton onRetry={onRetry} />
    </Alert>
  );
}

/** A part of a page that is not there, while the rest is. */
export function Missing(props: { readonly what: string; readonly reason: string | null; onRetry(): void }) {
  const { what, reason, onRetry } = props;
  return (
    <Alert kind="warning" title={`${what}: non disponibile ora`}>
      <p>
        <span lang={language}>{reason ?? told('Qualcosa non ha funzionato.', 'Something went wrong.')}</span>{' '}
        Il resto della pagina è completo.
      </p>
      <RetryButton onRetry={onRetry} />
    </Alert>
  );
}

function RetryButton({ onRetry }: { onRetry(): void }) {
  return (
    <button type="button" className="btn btn-outline-primary btn-sm btn-icon" onClick={onRetry}>
      <Icon name="refresh" className="icon-primary icon-sm" />
      <span>Riprova</span>
    </button>
  );
}
