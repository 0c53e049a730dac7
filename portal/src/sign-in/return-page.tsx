import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Alert } from '../ui/alert.tsx';
import { Page } from '../ui/page.tsx';
import { finishSignIn, signIn } from './session.ts';

const texts: Readonly<Record<string, string>> = {
  access_denied: 'Hai annullato l’accesso.',
  unreachable: 'Il servizio di accesso non risponde in questo momento.',
};

let exchange: Promise<string> | undefined;

/** The address that the sign-in page comes back to. A code is good once, also when React renders twice. */
export function ReturnPage() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [hasFailed, setFailed] = useState(false);
  const error = params.get('error');
  useEffect(() => {
    if (error !== null) return;
    exchange ??= finishSignIn().then(placeIn);
    exchange
      .then((place) => navigate(place, { replace: true }))
      .catch(() => setFailed(true))
      .finally(() => {
        exchange = undefined;
      });
  }, [error, navigate]);
  if (error === null && !hasFailed)
    return (
      <Page title="Accesso in corso">
        <p role="status">Un momento…</p>
      </Page>
    );
  return (
    <Page title="Accesso non riuscito">
      <Alert kind="warning" title={texts[error ?? ''] ?? 'L’accesso non è riuscito.'} isUrgent>
        <p>
          <button type="button" className="btn btn-primary" onClick={() => void signIn('/area-personale')}>
            Riprova ad accedere
          </button>
        </p>
        <p>
          <Link to="/">Torna ai servizi</Link>
        </p>
      </Alert>
    </Page>
  );
}

/** Only a page of the portal: nothing else can be in the state, and nothing else is gone to. */
function placeIn(state: unknown): string {
  const { returnTo } = (state ?? {}) as { returnTo?: unknown };
  return typeof returnTo === 'string' && /^\/(?!\/)/.test(returnTo) ? returnTo : '/area-personale';
}
