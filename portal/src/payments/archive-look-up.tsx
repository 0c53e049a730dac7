import { ApiError } from '@school-services/client';
import { type FormEvent, useMemo, useState } from 'react';
import { client } from '../api/client.ts';
import { PortalArchiveEntry, type PortalArchiveEntryQuery } from '../api/operations.generated.ts';
import { problemOf, type RequestProblem } from '../api/problems.ts';
import { told } from '../language.ts';
import { debtLabels } from '../school/labels.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { Facts } from '../ui/facts.tsx';
import { TextField } from '../ui/fields.tsx';
import { euro, moment } from '../ui/formats.ts';
import { labelOf } from '../ui/labels.ts';
import { ProblemSummary } from '../ui/problem-summary.tsx';
import { RequestFailed } from '../ui/query-state.tsx';
import { useTyped } from '../ui/use-typed.ts';
import { invalidNumber, noticeProblems } from './notice-form.ts';

type Entry = NonNullable<PortalArchiveEntryQuery['paymentArchive']>;

const fields = [
  ['numeroAvviso', 'Numero avviso', '18 cifre, come sull’avviso', 30],
  ['creditor', 'Codice fiscale dell’Ente creditore', '11 cifre, come sull’avviso', 20],
  ['debtor', 'Codice fiscale o partita IVA del debitore', 'Come sull’avviso', 20],
] as const;

/** Without a sign-in: whoever knows the notice and the debtor's code sees state and receipt. */
export function ArchiveLookUp() {
  const [values, setValues] = useTyped('look-up', { numeroAvviso: '', creditor: '', debtor: '' });
  const [problems, setProblems] = useState<readonly { readonly path: string; readonly message: string }[]>(
    [],
  );
  const [failed, setFailed] = useState<RequestProblem | null>(null);
  const [found, setFound] = useState<Entry | 'unknown' | null>(null);
  const entries = useMemo(
    () => problems.map(({ path, message }) => ({ fieldId: path, text: message })),
    [problems],
  );
  const lookUp = async () => {
    setFound(null);
    setFailed(null);
    const wrong = [
      ...noticeProblems(values.numeroAvviso, values.creditor),
      ...(values.debtor.trim() === ''
        ? [
            {
              path: 'debtor',
              message: told('Indica il codice del debitore.', 'Enter the code of the debtor.'),
            },
          ]
        : []),
    ];
    setProblems(wrong);
    if (wrong.length > 0) return;
    try {
      const { paymentArchive } = await client.query(PortalArchiveEntry, values);
      setFound(paymentArchive ?? 'unknown');
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'BAD_USER_INPUT')) return setFailed(problemOf(error));
      setProblems([{ path: 'numeroAvviso', message: invalidNumber }]);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void lookUp();
  };
  return (
    <section aria-labelledby="look-up">
      <h2 id="look-up">Cerca un pagamento</h2>
      <form onSubmit={submit} noValidate className="portal-form">
        <ProblemSummary title="Controlla questi dati" problems={entries} />
        {fields.map(([name, label, hint, maxLength]) => (
          <TextField
            key={name}
            id={name}
            label={label}
            hint={hint}
            maxLength={maxLength}
            isRequired
            value={values[name]}
            problem={problems.find(({ path }) => path === name)?.message}
            onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
          />
        ))}
        {failed === null ? null : <RequestFailed problem={failed} onRetry={() => void lookUp()} />}
        <p className="portal-actions">
          <button type="submit" className="btn btn-outline-primary">
            Cerca
          </button>
        </p>
      </form>
      {found === 'unknown' ? (
        <Alert kind="warning" title="Nessun pagamento con questi dati" isUrgent />
      ) : null}
      {found === null || found === 'unknown' ? null : (
        <FoundEntry entry={found} reload={() => void lookUp()} />
      )}
    </section>
  );
}

function FoundEntry({ entry, reload }: { readonly entry: Entry; reload(): void }) {
  const [text, kind] = labelOf(debtLabels, entry.status);
  return (
    <div className="portal-panel" role="status">
      <h3>{entry.description}</h3>
      <Badge text={text} kind={kind} />
      <Facts
        rows={[
          ['Importo', euro(entry.amount)],
          ['Numero avviso', entry.numeroAvviso],
          ['Pagato il', entry.receipt === null ? null : moment(entry.receipt.paidAt)],
          ['Presso', entry.receipt?.pspName],
        ]}
      />
      {entry.receipt?.document ? (
        <DocumentLink file={entry.receipt.document} onExpired={reload}>
          Ricevuta telematica (PDF)
        </DocumentLink>
      ) : null}
    </div>
  );
}
