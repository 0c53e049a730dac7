import type { PortalPracticeQuery } from '../api/operations.generated.ts';
import { moment } from '../ui/formats.ts';
import { milestoneTexts } from './labels.ts';

type History = NonNullable<PortalPracticeQuery['practice']>['history'];

/** What happened so far, in order. */
export function Milestones({ history }: { readonly history: History }) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="milestones">
      <h2 id="milestones">Avanzamento</h2>
      <ol className="portal-milestones">
        {history.map(({ at, status, note }) => (
          <li key={`${at} ${status}`}>
            <p>
              <strong>{milestoneTexts[status] ?? 'Aggiornamento'}</strong>
              <br />
              <time dateTime={at}>{moment(at)}</time>
            </p>
            {note === null ? null : <p>{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
