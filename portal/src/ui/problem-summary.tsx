import { type MouseEvent, useEffect, useRef } from 'react';
import { language } from '../language.ts';

export interface FieldProblemEntry {
  /** Of the control that it is about; null where that is not on this page. */
  readonly fieldId: string | null;
  readonly text: string;
}

/** All that is wrong with a form, at its top and with the focus, each a link to its field. */
export function ProblemSummary({
  title,
  problems,
}: {
  readonly title: string;
  readonly problems: readonly FieldProblemEntry[];
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) place.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div ref={place} className="alert alert-danger" role="alert" tabIndex={-1}>
      <p className="alert-heading h6">{title}</p>
      <ul lang={language}>
        {problems.map(({ fieldId, text }) => (
          <li key={`${fieldId} ${text}`}>
            {fieldId === null ? (
              text
            ) : (
              <a href={`#${fieldId}`} onClick={(event) => focusOn(event, fieldId)}>
                {text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function focusOn(event: MouseEvent, fieldId: string): void {
  const field = document.getElementById(fieldId);
  if (field === null) return;
  event.preventDefault();
  field.closest('details')?.setAttribute('open', '');
  field.focus();
  field.scrollIntoView({ block: 'center' });
}
