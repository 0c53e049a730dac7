import { NavLink } from 'react-router';
import { PortalHome } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Icon } from '../ui/icon.tsx';
import { LinkCard, Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { placeOf } from './places.ts';

type Audience = 'CITIZENS' | 'BUSINESSES' | 'OTHER_BODIES';

const audiences = [
  { to: '/', label: 'Cittadini' },
  { to: '/imprese', label: 'Imprese' },
  { to: '/altri-enti', label: 'Altri enti' },
] as const;

const headOf = { CITIZENS: heads.home, BUSINESSES: heads.businesses, OTHER_BODIES: heads.otherBodies };

/** The cards of the town's menu, for one audience. */
export function HomePage({ audience }: { readonly audience: Audience }) {
  const query = usePageQuery(PortalHome, { audience });
  const areas = query.data?.serviceAreas ?? [];
  return (
    <Page {...headOf[audience]}>
      <nav aria-label="A chi sono rivolti i servizi">
        <ul className="portal-audiences">
          {audiences.map(({ to, label }) => (
            <li key={to}>
              <NavLink to={to} end>
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <h2>In evidenza</h2>
      <QueryState query={query}>
        <div className="portal-cards">
          {areas.map((area) => {
            const place = placeOf(area);
            return place === null ? (
              <PlainCard key={area.id} title={area.title} text={area.description} />
            ) : (
              <LinkCard key={area.id} title={area.title} text={area.description} {...place} />
            );
          })}
        </div>
        {areas.length === 0 ? <p>Nessun servizio è pubblicato per questi utenti.</p> : null}
      </QueryState>
    </Page>
  );
}

function PlainCard({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <article className="portal-card">
      <h3 className="h5">{title}</h3>
      <p>{text}</p>
      <p className="portal-card-note">
        <Icon name="info-circle" className="icon-sm icon-primary" /> Rivolgiti allo sportello.
      </p>
    </article>
  );
}
