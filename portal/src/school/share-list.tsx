import { isProblem } from '@school-services/client';
import { useRef, useState } from 'react';
import { PortalRevokeShare, type PortalShareFragment } from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { language, told } from '../language.ts';
import { Alert } from '../ui/alert.tsx';
import { Facts } from '../ui/facts.tsx';
import { longDay, moment } from '../ui/formats.ts';
import { RequestFailed } from '../ui/query-state.tsx';
import { scopesText } from './sharing-labels.ts';

export type Share = PortalShareFragment;

/** The shares that work now. */
export function ShareList(props: {
  readonly shares: readonly Share[];
  onChange(share: Share): void;
  onRevoked(): void;
}) {
  const { shares, onChange, onRevoked } = props;
  return (
    <section aria-labelledby="shares">
      <h2 id="shares">Condivisioni attive</h2>
      {shares.length === 0 ? (
        <p>Non condividi questi dati con nessuno.</p>
      ) : (
        <ul className="portal-list">
          {shares.map((share) => (
            <li key={share.id}>
              <p className="portal-list-title">{share.recipientCodiceFiscale}</p>
              <ShareFacts share={share} />
              <div className="portal-actions">
                <button type="button" className="btn btn-outline-primary" onClick={() => onChange(share)}>
                  Modifica
                  <span className="visually-hidden"> la condivisione con {share.recipientCodiceFiscale}</span>
                </button>
                <Revoke share={share} onRevoked={onRevoked} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ShareFacts({ share }: { readonly share: Share }) {
  const { scopes, createdAt, endsOn, revokedAt } = share;
  return (
    <Facts
      rows={[
        ['Vede', scopesText(scopes)],
        ['Dal', moment(createdAt)],
        [
          'Ultimo giorno',
          endsOn === null ? (revokedAt === null ? 'Fino alla revoca' : null) : longDay(endsOn),
        ],
        ['Revocata', revokedAt === null ? null : moment(revokedAt)],
      ]}
    />
  );
}

/** Ends a share, after asking once more. */
function Revoke({ share, onRevoked }: { readonly share: Share; onRevoked(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const action = useAction(PortalRevokeShare);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { id: shareId, recipientCodiceFiscale } = share;
  const titleId = `revoke-${shareId}`;
  const revoke = async () => {
    const result = await action.run({ input: { shareId } });
    dialog.current?.close();
    if (result === null) return;
    if (result.__typename === 'ShareRevoked') return onRevoked();
    setRefusal(
      isProblem(result)
        ? result.message
        : told('La condivisione non è stata revocata.', 'The sharing was not revoked.'),
    );
  };
  return (
    <>
      {refusal === null ? null : <Alert kind="warning" title={refusal} language={language} isUrgent />}
      {action.problem === null ? null : (
        <RequestFailed problem={action.problem} onRetry={() => void revoke()} />
      )}
      <button type="button" className="btn btn-outline-danger" onClick={() => dialog.current?.showModal()}>
        Revoca<span className="visually-hidden"> la condivisione con {recipientCodiceFiscale}</span>
      </button>
      <dialog ref={dialog} className="portal-dialog" aria-labelledby={titleId}>
        <h2 id={titleId}>Revoca la condivisione</h2>
        <p>
          {recipientCodiceFiscale} non vedrà più i dati scolastici che hai condiviso. Puoi condividerli di
          nuovo quando vuoi.
        </p>
        <div className="portal-actions">
          <button
            type="button"
            className="btn btn-danger"
            disabled={action.isRunning}
            onClick={() => void revoke()}
          >
            Revoca la condivisione
          </button>
          <button type="button" className="btn btn-outline-primary" onClick={() => dialog.current?.close()}>
            Annulla
          </button>
        </div>
      </dialog>
    </>
  );
}

export function PastShares({ shares }: { readonly shares: readonly Share[] }) {
  if (shares.length === 0) return null;
  return (
    <details className="portal-more">
      <summary>Condivisioni terminate ({shares.length})</summary>
      <ul className="portal-list">
        {shares.map((share) => (
          <li key={share.id}>
            <p className="portal-list-title">{share.recipientCodiceFiscale}</p>
            <ShareFacts share={share} />
          </li>
        ))}
      </ul>
    </details>
  );
}
