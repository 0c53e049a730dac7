import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { config } from '../config.ts';
import type { Crumb } from '../heads.ts';
import { Icon } from './icon.tsx';

export interface PageProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  readonly lead?: ReactNode;
  /** Beside the heading, such as a state or a button. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** The frame of every page: title of the tab, breadcrumbs, heading. A new page takes the focus to its heading. */
export function Page({ title, crumbs = [], lead, aside, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const isFirst = useIsFirstPage();
  useEffect(() => {
    document.title = `${title} – ${config.townName}`;
  }, [title]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each address is a page of its own
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
  }, [pathname]);
  return (
    <div className="container portal-page">
      {pathname === '/' ? null : <Breadcrumbs crumbs={crumbs} current={title} />}
      <div className="portal-heading">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {lead === undefined ? null : <p className="lead">{lead}</p>}
      {children}
    </div>
  );
}

let pages = 0;

/** Where somebody arrives, the browser's own start of the page is the right place. */
function useIsFirstPage(): boolean {
  const isFirst = useRef(pages === 0);
  useEffect(() => {
    pages += 1;
  }, []);
  return isFirst.current;
}

function Breadcrumbs({ crumbs, current }: { readonly crumbs: readonly Crumb[]; readonly current: string }) {
  return (
    <nav className="breadcrumb-container" aria-label="Percorso di navigazione">
      <ol className="breadcrumb">
        {[{ label: 'Home', to: '/' }, ...crumbs].map(({ label, to }) => (
          <li className="breadcrumb-item" key={to}>
            <Link to={to}>{label}</Link>
            <span className="separator" aria-hidden="true">
              /
            </span>
          </li>
        ))}
        <li className="breadcrumb-item active" aria-current="page">
          {current}
        </li>
      </ol>
    </nav>
  );
}

/** A card that leads somewhere. */
export function LinkCard(props: {
  readonly title: string;
  readonly text: string;
  readonly to: string;
  readonly isExternal?: boolean;
  readonly action?: string;
}) {
  const { title, text, to, isExternal = false, action = 'Vai al servizio' } = props;
  const content = (
    <>
      {action}
      <Icon name={isExternal ? 'external-link' : 'arrow-right'} className="icon-sm icon-primary" />
    </>
  );
  return (
    <article className="portal-card">
      <h3 className="h5">
        {isExternal ? (
          <a href={to} className="portal-card-link">
            {title}
          </a>
        ) : (
          <Link to={to} className="portal-card-link">
            {title}
          </Link>
        )}
      </h3>
      <p>{text}</p>
      <p className="portal-card-action" aria-hidden="true">
        {content}
      </p>
    </article>
  );
}
