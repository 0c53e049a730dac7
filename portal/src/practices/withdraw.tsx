import { isProblem } from '@school-services/client';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { type PortalPracticeQuery, PortalWithdrawPractice } from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { language } from '../language.ts';
import { Alert } from '../ui/alert.tsx';
import { TextField } from '../ui/fields.tsx';
import { RequestFailed } from '../ui/query-state.tsx';
import { useTyped } from '../ui/use-typed.ts';
import { mineCrumb } from './crumbs.ts';

type Practice = NonNullable<PortalPracticeQuery['practice']>;

const withdrawable = ['DRAFT', 'SUBMITTED', 'REGISTERED', 'INTEGRATION_REQUESTED'];

/** Takes an application back, or throws a draft away, after asking once more. */
export function Withdraw({ practice, onDone }: { readonly practice: Practice; onDone(): void }) {
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const action = useAction(PortalWithdrawPractice);
  const [reason, setReason] = useTyped('reason', '');
  const [refusal, setRefusal] = useState<string | null>(null);
  if (practice.channel !== 'ONLINE' || !withdrawable.includes(practice.status)) return null;
  const isDraft = practice.status === 'DRAFT';
  const [name, question] = isDraft
    ? ['Elimina la bozza', 'La bozza viene eliminata per sempre.']
    : ['Ritira la domanda', 'La domanda ritirata non viene più esaminata.'];
  const withdraw = async () => {
    const { id: practiceId, version } = practice;
    const result = await action.run({ input: { practiceId, version, reason: reason.trim() || null } });
    dialog.current?.close();
    if (result === null) return;
    if (result.__typename !== 'PracticeWithdrawn')
      return setRefusal(isProblem(result) ? result.message : name);
    if (isDraft) void navigate(mineCrumb.to);
    else onDone();
  };
  return (
    <section className="portal-withdraw">
      {refusal === null ? null : <Alert kind="warning" title={refusal} language={language} isUrgent />}
      {action.problem === null ? null : (
        <RequestFailed problem={action.problem} onRetry={() => void withdraw()} />
      )}
      <button type="button" className="btn btn-outline-danger" onClick={() => dialog.current?.showModal()}>
        {name}
      </button>
      <dialog ref={dialog} className="portal-dialog" aria-labelledby="withdraw-title">
        <h2 id="withdraw-title">{name}</h2>
        <p>{question}</p>
        {isDraft ? null : (
          <TextField
            id="reason"
            label="Motivo (facoltativo)"
            maxLength={1_000}
            isLong
            value={reason}
            onChange={setReason}
          />
        )}
        <div className="portal-actions">
          <button
            type="button"
            className="btn btn-danger"
            disabled={action.isRunning}
            onClick={() => void withdraw()}
          >
            {name}
          </button>
          <button type="button" className="btn btn-outline-primary" onClick={() => dialog.current?.close()}>
            Annulla
          </button>
        </div>
      </dialog>
    </section>
  );
}
