import { type ComponentType, lazy, useState } from 'react';
import { BrowserRouter, matchRoutes, type RouteObject, useRoutes } from 'react-router';
import { addresses } from './addresses.ts';
import { HomePage } from './home/home-page.tsx';
import { Layout } from './shell/layout.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { CitizensOnly, RequireSignIn } from './sign-in/require-sign-in.tsx';
import { ReturnPage } from './sign-in/return-page.tsx';

type PageModule = Record<string, ComponentType>;

interface PageRoute {
  readonly path: string;
  readonly element: React.ReactElement;
  readonly handle: { load(): Promise<unknown> };
}

/** A page whose script is loaded when it is opened. */
function page(
  path: string,
  name: string,
  load: () => Promise<PageModule>,
  access: Access = 'all',
): PageRoute {
  let known: ComponentType | undefined;
  const loadPage = async () => {
    known = (await load())[name];
    if (known === undefined) throw new Error(`There is no page ${name}.`);
    return { default: known };
  };
  const Lazy = lazy(loadPage);
  // By its key each page is another one.
  const content = <Content key={path} choose={() => known ?? Lazy} />;
  return { path, element: guarded(content, access), handle: { load: loadPage } };
}

/** A page that is there already is drawn at once: React holds back what follows a fallback. */
function Content({ choose }: { choose(): ComponentType }) {
  const [Drawn] = useState(choose);
  return <Drawn />;
}

type Access = 'all' | 'signed-in' | 'citizens';

function guarded(content: React.ReactElement, access: Access): React.ReactElement {
  if (access === 'all') return content;
  if (access === 'signed-in') return <RequireSignIn>{content}</RequireSignIn>;
  return (
    <RequireSignIn>
      <CitizensOnly>{content}</CitizensOnly>
    </RequireSignIn>
  );
}

const practices = () => import('./practices/pages.ts') as unknown as Promise<PageModule>;
const school = () => import('./school/pages.ts') as unknown as Promise<PageModule>;
const payments = () => import('./payments/pages.ts') as unknown as Promise<PageModule>;
const personal = () => import('./personal/pages.ts') as unknown as Promise<PageModule>;
const legal = () => import('./legal/pages.tsx') as unknown as Promise<PageModule>;

const routes: RouteObject[] = [
  {
    element: <Layout />,
    children: [
      { path: addresses.home, element: <HomePage key="citizens" audience="CITIZENS" /> },
      { path: addresses.businesses, element: <HomePage key="businesses" audience="BUSINESSES" /> },
      { path: addresses.otherBodies, element: <HomePage key="bodies" audience="OTHER_BODIES" /> },
      { path: addresses.signedIn, element: <ReturnPage /> },
      page(addresses.practices, 'PracticesPage', practices),
      page(addresses.opening, 'OpeningPage', practices),
      page(addresses.category, 'CategoryPage', practices),
      page(addresses.template, 'TemplatePage', practices),
      page(addresses.start, 'StartPage', practices, 'signed-in'),
      page(addresses.form, 'FormPage', practices, 'signed-in'),
      page(addresses.mine, 'MinePage', practices, 'signed-in'),
      page(addresses.protocolli, 'ProtocolliPage', practices, 'signed-in'),
      page(addresses.practice, 'PracticePage', practices, 'signed-in'),
      page(addresses.confirmation, 'ConfirmationPage', practices, 'signed-in'),
      page(addresses.integration, 'IntegrationPage', practices, 'signed-in'),
      page(addresses.schoolServices, 'SchoolServicesPage', school),
      page(addresses.schoolRecord, 'SchoolRecordPage', school, 'citizens'),
      page(addresses.sharing, 'SharingPage', school, 'citizens'),
      page(addresses.accessLog, 'AccessLogPage', school, 'citizens'),
      page(addresses.invoices, 'InvoicesPage', school, 'citizens'),
      page(addresses.invoice, 'InvoicePage', school, 'citizens'),
      page(addresses.schoolPayment, 'SchoolPaymentPage', school, 'citizens'),
      page(addresses.payments, 'PaymentsPage', payments),
      page(addresses.paymentNotice, 'NoticePage', payments),
      page(addresses.paymentKinds, 'KindsPage', payments),
      page(addresses.paymentKind, 'KindPage', payments),
      page(addresses.paymentArchive, 'ArchivePage', payments),
      page(addresses.personalArea, 'PersonalPage', personal, 'signed-in'),
      page(addresses.paymentOutcome, 'OutcomePage', payments),
      page(addresses.privacy, 'PrivacyPage', legal),
      page(addresses.accessibility, 'AccessibilityPage', legal),
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

export function Portal() {
  return (
    <BrowserRouter>
      <Pages />
    </BrowserRouter>
  );
}

function Pages() {
  return useRoutes(routes);
}

/**
 * Asks for the script of the page at this address, before anything is drawn: the first frame of index.html stays until
 * the page itself can take its place. Of a script that does not come, `PageBoundary` tells.
 */
export async function loadFirstPage(): Promise<void> {
  const { handle } = matchRoutes(routes, location)?.at(-1)?.route ?? {};
  await (handle as PageRoute['handle'] | undefined)?.load().catch(() => undefined);
}
