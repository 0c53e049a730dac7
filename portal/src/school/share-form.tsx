import { createIdempotencyKey, isProblem } from '@school-services/client';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import {
  type PortalFieldProblemFragment,
  PortalShareSchoolData,
  type SharingScope,
} from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { language } from '../language.ts';
import { Alert } from '../ui/alert.tsx';
import { Checkbox, ChoiceField, TextField } from '../ui/fields.tsx';
import { ProblemSummary } from '../ui/problem-summary.tsx';
import { RequestFailed } from '../ui/query-state.tsx';
import { unreadableDates } from '../ui/unreadable-dates.ts';
import { useTyped } from '../ui/use-typed.ts';
import type { Share } from './share-list.tsx';
import { scopeTexts } from './sharing-labels.ts';

export interface ShareFormProps {
  readonly childId: string;
  /** A share to be changed; null for a new one. */
  readonly changed: Share | null;
  onShared(): void;
  onGivenUp(): void;
}

type FieldProblem = Omit<PortalFieldProblemFragment, '__typename'>;

const fieldIds: Readonly<Record<string, string>> = {
  recipientCodiceFiscale: 'recipient',
  scopes: 'scopes',
  endsOn: 'ends-on',
};

/** Shares a child's school data with another person, or changes what that person sees. */
export function ShareForm({ childId, changed, onShared, onGivenUp }: ShareFormProps) {
  const [recipient, setRecipient] = useTyped('recipient', changed?.recipientCodiceFiscale ?? '');
  const [scopes, setScopes] = useTyped<readonly SharingScope[]>('scopes', changed?.scopes ?? []);
  const [endsOn, setEndsOn] = useTyped('endsOn', changed?.endsOn ?? '');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const action = useAction(PortalShareSchoolData);
  const keyFor = useKey();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (changed !== null) heading.current?.focus();
  }, [changed]);
  const entries = useMemo(
    () => problems.map(({ path, message }) => ({ fieldId: fieldIds[path] ?? null, text: message })),
    [problems],
  );
  const mend = (path: string) => setProblems((before) => before.filter((one) => one.path !== path));
  const problemOf = (path: string) => problems.find((one) => one.path === path)?.message;
  const share = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(null);
    const unreadable = unreadableDates(form.current);
    if (unreadable.length > 0)
      return setProblems(
        unreadable.map(({ text }) => ({ path: 'endsOn', code: 'UNREADABLE', message: text })),
      );
    const wanted = {
      childId,
      recipientCodiceFiscale: recipient.trim(),
      scopes: [...scopes],
      endsOn: endsOn === '' ? null : endsOn,
    };
    const result = await action.run({ input: { ...wanted, idempotencyKey: keyFor(JSON.stringify(wanted)) } });
    if (result === null) return;
    if (result.__typename === 'SchoolDataShared') {
      return onShared();
    }
    setProblems('problems' in result ? result.problems : []);
    if (!('problems' in result) && isProblem(result)) setRefusal(result.message);
  };
  return (
    <form ref={form} onSubmit={share} noValidate className="portal-form">
      <h2 ref={heading} tabIndex={-1}>
        {changed === null ? 'Condividi con un’altra persona' : 'Modifica la condivisione'}
      </h2>
      <p>
        Per esempio con l’altro genitore. Puoi revocare la condivisione in ogni momento. Non vengono mai
        mostrati la tua residenza, il telefono, l’e-mail, l’IBAN e le risposte delle tue domande.
      </p>
      <ProblemSummary title="Controlla questi dati" problems={entries} />
      <TextField
        id="recipient"
        label="Codice fiscale della persona"
        hint="16 caratteri"
        isRequired
        maxLength={40}
        value={recipient}
        problem={problemOf('recipientCodiceFiscale')}
        onChange={(value) => {
          mend('recipientCodiceFiscale');
          setRecipient(value);
        }}
      />
      <Scopes
        scopes={scopes}
        problem={problemOf('scopes')}
        onChange={(value) => {
          mend('scopes');
          setScopes(value);
        }}
      />
      <TextField
        id="ends-on"
        label="Ultimo giorno (facoltativo)"
        hint="Senza una data la condivisione vale fino alla revoca"
        type="date"
        value={endsOn}
        problem={problemOf('endsOn')}
        onChange={(value) => {
          mend('endsOn');
          setEndsOn(value);
        }}
      />
      {refusal === null ? null : <Alert kind="danger" title={refusal} language={language} isUrgent />}
      {action.problem === null ? null : (
        <RequestFailed
          problem={action.problem}
          onRetry={() => document.querySelector<HTMLElement>('#share')?.click()}
        />
      )}
      <div className="portal-actions">
        <button id="share" type="submit" className="btn btn-primary" disabled={action.isRunning}>
          {action.isRunning ? 'Un momento…' : changed === null ? 'Condividi' : 'Salva la modifica'}
        </button>
        {changed === null ? null : (
          <button type="button" className="btn btn-outline-primary" onClick={onGivenUp}>
            Annulla
          </button>
        )}
      </div>
    </form>
  );
}

function Scopes(props: {
  readonly scopes: readonly SharingScope[];
  readonly problem: string | undefined;
  onChange(scopes: readonly SharingScope[]): void;
}) {
  const { scopes, problem, onChange } = props;
  return (
    <ChoiceField id="scopes" label="Che cosa può vedere" isRequired problem={problem}>
      {(Object.keys(scopeTexts) as SharingScope[]).map((scope) => (
        <Checkbox
          key={scope}
          id={`scope-${scope}`}
          label={
            <>
              {scopeTexts[scope].label} <span className="portal-label-note">{scopeTexts[scope].hint}</span>
            </>
          }
          isChecked={scopes.includes(scope)}
          onChange={(isChecked) =>
            onChange(isChecked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
          }
        />
      ))}
    </ChoiceField>
  );
}

/** One key for each content that is sent: the same one when an answer did not come and it is sent again. */
function useKey(): (content: string) => string {
  const sent = useRef({ content: '', key: '' });
  return (content) => {
    if (sent.current.content !== content) sent.current = { content, key: createIdempotencyKey() };
    return sent.current.key;
  };
}
