import { Link, useParams } from 'react-router';
import { PortalCategories, type PortalCategoriesQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { useSession } from '../sign-in/use-session.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { longDay } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { openingCrumb } from './crumbs.ts';

type Category = NonNullable<PortalCategoriesQuery['practiceCategories']>[number];
type Template = Category['procedures'][number]['templates'][number];

/** The procedures of one category, each with its models. */
export function CategoryPage() {
  const { category = '' } = useParams();
  const { isBusiness } = useSession();
  const query = usePageQuery(PortalCategories, { audience: isBusiness ? 'BUSINESSES' : 'CITIZENS' });
  const found = query.data?.practiceCategories?.find(({ code }) => code === category);
  return (
    <Page {...heads.category} title={found?.title ?? 'Pratiche online'}>
      <QueryState query={query}>
        {found === undefined ? (
          <Alert kind="warning" title="Questa categoria non esiste">
            <Link to={openingCrumb.to}>Torna alle categorie</Link>
          </Alert>
        ) : (
          <>
            {found.notice === null ? null : (
              <Alert kind="info">
                <p>{found.notice}</p>
              </Alert>
            )}
            {found.procedures.map((procedure) => (
              <section key={procedure.id} className="portal-panel" aria-labelledby={procedure.id}>
                <h2 id={procedure.id}>{procedure.title}</h2>
                <Templates templates={procedure.templates} />
              </section>
            ))}
          </>
        )}
      </QueryState>
    </Page>
  );
}

function Templates({ templates }: { readonly templates: readonly Template[] }) {
  const open = templates.filter(({ isOpen }) => isOpen);
  const closed = templates.filter(({ isOpen }) => !isOpen);
  return (
    <>
      {open.length === 0 ? <p>Al momento nessun modello è aperto.</p> : <TemplateList templates={open} />}
      {closed.length === 0 ? null : (
        <details className="portal-more">
          <summary>Modelli chiusi ({closed.length})</summary>
          <TemplateList templates={closed} />
        </details>
      )}
    </>
  );
}

function TemplateList({ templates }: { readonly templates: readonly Template[] }) {
  return (
    <ul className="portal-list">
      {templates.map((template) => (
        <li key={template.id}>
          <p className="portal-list-title">
            {template.title} <State template={template} />
          </p>
          <div className="portal-actions">
            <Link className="btn btn-outline-primary" to={`/pratiche/modelli/${template.id}`}>
              Scheda informativa<span className="visually-hidden"> di {template.title}</span>
            </Link>
            {template.isOpen ? (
              <Link className="btn btn-primary" to={`/pratiche/avvia/${template.id}`}>
                Avvia pratica<span className="visually-hidden">: {template.title}</span>
              </Link>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function State({ template: { isOpen, opensOn, closesOn } }: { readonly template: Template }) {
  if (isOpen)
    return (
      <Badge kind="success" text={closesOn === null ? 'Aperto' : `Aperto fino al ${longDay(closesOn)}`} />
    );
  const isEarly = opensOn !== null && Date.parse(opensOn) > Date.now();
  return <Badge kind="neutral" text={isEarly ? `Apre il ${longDay(opensOn)}` : 'Chiuso'} />;
}
