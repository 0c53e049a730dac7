import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { Alert } from '../ui/alert.tsx';
import { Page } from '../ui/page.tsx';
import { signIn } from './session.ts';
import { useSession } from './use-session.ts';

/** A page that wants a sign-in leads straight to it, and is shown when the person is back. */
export function RequireSignIn({ children }: { readonly children: ReactNode }) {
  const { user } = useSession();
  const { pathname, search } = useLocation();
  const [hasFailed, setFailed] = useState(false);
  const isNeeded = user === null && !hasFailed;
  useEffect(() => {
    if (isNeeded) signIn(`${pathname}${search}`).catch(() => setFailed(true));
  }, [isNeeded, pathname, search]);
  if (user !== null) return <>{children}</>;
  if (!hasFailed)
    return (
      <Page title="Accesso ai servizi online">
        <p role="status">Ti stiamo portando alla pagina di accesso…</p>
      </Page>
    );
  return (
    <Page title="Accesso ai servizi online">
      <Alert kind="danger" title="Il servizio di accesso non risponde in questo momento" isUrgent>
        <button type="button" className="btn btn-primary" onClick={() => setFailed(false)}>
          Riprova
        </button>
      </Alert>
    </Page>
  );
}

/** School services are for the people who use them. */
export function CitizensOnly({ children }: { readonly children: ReactNode }) {
  const { isBusiness } = useSession();
  if (!isBusiness) return <>{children}</>;
  return (
    <Page title="Servizi scolastici">
      <Alert kind="info" title="Questa pagina è riservata ai cittadini">
        <p>Hai effettuato l’accesso come impresa. Per i servizi scolastici accedi con SPID, CIE o CNS.</p>
      </Alert>
    </Page>
  );
}
