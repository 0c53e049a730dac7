import { Suspense, useLayoutEffect } from 'react';
import { Outlet, useLocation, useNavigationType } from 'react-router';
import { signIn } from '../sign-in/session.ts';
import { useSession } from '../sign-in/use-session.ts';
import { Alert } from '../ui/alert.tsx';
import { Loading } from '../ui/query-state.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { PageBoundary } from './page-boundary.tsx';

export function Layout() {
  const { key, pathname } = useLocation();
  const isNewPage = useNavigationType() !== 'POP';
  // A new page begins at its top; going back, the browser finds the place that was left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visit of an address has its key
  useLayoutEffect(() => {
    if (isNewPage) window.scrollTo(0, 0);
  }, [key, isNewPage]);
  return (
    <>
      <a className="portal-skip" href="#main">
        Vai al contenuto principale
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <SignInAgain />
        <PageBoundary place={pathname}>
          <Suspense
            fallback={
              <div className="container portal-page">
                <Loading />
              </div>
            }
          >
            <Outlet />
          </Suspense>
        </PageBoundary>
      </main>
      <Footer />
    </>
  );
}

/** While somebody works the sign-in can lapse; the page stays as it is until they go and sign in again. */
function SignInAgain() {
  const { wantedLevel } = useSession();
  const { pathname, search } = useLocation();
  if (wantedLevel === null) return null;
  return (
    <div className="container portal-lapsed">
      <Alert kind="warning" title="Devi accedere di nuovo per continuare" isUrgent>
        <p>L’accesso è scaduto o serve un livello di sicurezza più alto. Quello che hai scritto resta qui.</p>
        <button
          type="button"
          className="btn btn-primary"
          onClick={() => void signIn(`${pathname}${search}`, wantedLevel)}
        >
          Accedi di nuovo
        </button>
      </Alert>
    </div>
  );
}
