import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { PortalSharing, type PortalSharingQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { fullName, today } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { Missing, QueryState } from '../ui/query-state.tsx';
import { recordCrumb } from './crumbs.ts';
import { accessText } from './labels.ts';
import { ShareForm } from './share-form.tsx';
import { PastShares, type Share, ShareList } from './share-list.tsx';

type Child = NonNullable<PortalSharingQuery['child']>;

/** With whom the applicant shares the school data of one child. */
export function SharingPage() {
  const { childId = '' } = useParams();
  const query = usePageQuery(PortalSharing, { childId });
  const child = query.data?.child;
  return (
    <Page
      {...heads.sharing}
      lead={child ? `${fullName(child)}: chi può vedere i suoi dati scolastici oltre a te.` : undefined}
    >
      <QueryState query={query}>
        {child ? (
          <Sharing key={child.id} child={child} missing={query.missing} reload={query.reload} />
        ) : (
          <UnknownChild />
        )}
      </QueryState>
    </Page>
  );
}

export function UnknownChild() {
  return (
    <Alert kind="warning" title="Questo bambino non esiste o non puoi vederne i dati">
      <Link to={recordCrumb.to}>Vai alla scheda anagrafica</Link>
    </Alert>
  );
}

/** For anyone but the applicant: the reason why the page is empty. */
export function ApplicantOnly({
  child,
}: {
  readonly child: Pick<Child, 'schoolAccess' | 'firstName' | 'lastName'>;
}) {
  return (
    <Alert kind="info" title="Questa pagina è riservata a chi ha presentato la domanda">
      <p>{accessText(child.schoolAccess, fullName(child))}</p>
      <Link to={recordCrumb.to}>Torna alla scheda anagrafica</Link>
    </Alert>
  );
}

function Sharing(props: { readonly child: Child; missing(path: string): string | null; reload(): void }) {
  const { child, missing, reload } = props;
  const [changed, setChanged] = useState<Share | null>(null);
  const [done, setDone] = useState<string | null>(null);
  // An empty form for each new share.
  const [formNumber, setFormNumber] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each result anew
  useEffect(() => place.current?.focus(), [formNumber]);
  const reason = missing('child.shares');
  if (child.shares === null && reason !== null)
    return <Missing what="Le condivisioni" reason={reason} onRetry={reload} />;
  if (child.shares === null) return <ApplicantOnly child={child} />;
  const isOver = ({ revokedAt, endsOn }: Share) =>
    revokedAt !== null || (endsOn !== null && endsOn < today());
  const finish = (text: string) => {
    setChanged(null);
    setDone(text);
    setFormNumber((before) => before + 1);
    reload();
  };
  return (
    <>
      {done === null ? null : (
        <div ref={place} tabIndex={-1}>
          <Alert kind="success" title={done} isUrgent />
        </div>
      )}
      <ShareList
        shares={child.shares.filter((share) => !isOver(share))}
        onChange={(share) => {
          setDone(null);
          setChanged(share);
        }}
        onRevoked={() =>
          finish('La condivisione è revocata: dalla prossima richiesta non si vede più niente.')
        }
      />
      <ShareForm
        key={changed?.id ?? formNumber}
        childId={child.id}
        changed={changed}
        onShared={() => finish('La condivisione è salvata e vale da subito.')}
        onGivenUp={() => setChanged(null)}
      />
      <PastShares shares={child.shares.filter(isOver)} />
      <p className="portal-actions">
        <Link to={`/servizi-scolastici/figli/${child.id}/accessi`}>
          Chi ha visto i dati di {child.firstName}
        </Link>
      </p>
    </>
  );
}
