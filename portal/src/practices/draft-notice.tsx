import { language } from '../language.ts';
import { Alert } from '../ui/alert.tsx';
import type { DraftState } from './use-draft.ts';

/** What a save was refused for as a whole. What was typed is still there. */
export function DraftNotice({ draft }: { readonly draft: DraftState }) {
  const { notice } = draft;
  if (notice === null || notice.code === 'ANSWERS_INVALID' || notice.code === 'PRACTICE_INCOMPLETE')
    return null;
  if (notice.code !== 'VERSION_CONFLICT')
    return <Alert kind="warning" title={notice.text} language={language} isUrgent />;
  return (
    <Alert
      kind="warning"
      title="Questa domanda è stata modificata in un’altra finestra o su un altro dispositivo"
      isUrgent
    >
      <p>
        {draft.hasUnsaved
          ? 'Quello che hai scritto qui non è ancora salvato. Puoi salvarlo al posto dei dati modificati altrove, oppure usare quelli.'
          : 'Qui vedi i dati più recenti.'}
      </p>
      {draft.hasUnsaved ? (
        <div className="portal-actions">
          <button type="button" className="btn btn-primary" onClick={() => void draft.save()}>
            Salva quello che ho scritto qui
          </button>
          <button type="button" className="btn btn-outline-primary" onClick={draft.discard}>
            Usa i dati modificati altrove
          </button>
        </div>
      ) : null}
    </Alert>
  );
}
