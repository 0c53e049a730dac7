import { isProblem } from '@school-services/client';
import { useEffect, useState } from 'react';
import { PortalCancelPayment } from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { language, told } from '../language.ts';
import { Alert } from '../ui/alert.tsx';
import { time } from '../ui/formats.ts';
import { RequestFailed } from '../ui/query-state.tsx';

/** A payment that was begun and not ended: it is gone on with, or given up. */
export function OpenSession(props: {
  readonly session: { readonly id: string; readonly checkoutUrl: string | null };
  /** The payer left pagoPA's page by cancelling there: its cart has ended, and so does the session. */
  readonly isGivenUp?: boolean;
  onCancelled(): void;
}) {
  const { session, isGivenUp = false, onCancelled } = props;
  const [refusal, setRefusal] = useState<string | null>(null);
  const action = useAction(PortalCancelPayment);
  const cancel = async () => {
    const result = await action.run({ input: { sessionId: session.id } });
    if (result === null) return;
    if (result.__typename === 'PaymentSessionCancelled') return onCancelled();
    const until =
      result.__typename === 'PaymentUnderWay' && result.lockedUntil !== null
        ? told(
            ` Si conclude al più tardi alle ${time(result.lockedUntil)}.`,
            ` It ends by ${time(result.lockedUntil)} at the latest.`,
          )
        : '';
    setRefusal(
      `${isProblem(result) ? result.message : told('Il pagamento non si può annullare.', 'The payment cannot be cancelled.')}${until}`,
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (isGivenUp) void cancel();
  }, [isGivenUp]);
  return (
    <div className="portal-open-session">
      {refusal === null ? null : <Alert kind="warning" title={refusal} language={language} isUrgent />}
      {action.problem === null ? null : (
        <RequestFailed problem={action.problem} onRetry={() => void cancel()} />
      )}
      <div className="portal-actions">
        {session.checkoutUrl === null || isGivenUp ? null : (
          <a className="btn btn-outline-primary btn-sm" href={session.checkoutUrl}>
            Riprendi il pagamento
          </a>
        )}
        <button
          type="button"
          className="btn btn-outline-danger btn-sm"
          disabled={action.isRunning}
          onClick={() => void cancel()}
        >
          Annulla il pagamento
        </button>
      </div>
    </div>
  );
}
