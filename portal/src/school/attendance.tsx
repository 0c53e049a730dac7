import { useId, useState } from 'react';
import { PortalAttendance, type PortalAttendanceMonthFragment } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { addMonths, longDay, monthName } from '../ui/formats.ts';
import { Icon } from '../ui/icon.tsx';
import { Loading, Missing } from '../ui/query-state.tsx';
import { attendanceLabels } from './labels.ts';

const weekdays = ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'];
const letters: Readonly<Record<string, string>> = { PRESENT: 'P', ABSENT: 'A', CLOSED: '–' };

export interface AttendanceProps {
  readonly childId: string;
  readonly childName: string;
  readonly firstMonth: string;
  /** Of the first month, which comes with the page. */
  readonly first: PortalAttendanceMonthFragment | null;
  readonly reason: string | null;
  onRetry(): void;
}

/** The calendar of presences and absences, month by month. */
export function Attendance(props: AttendanceProps) {
  const { childId, childName, firstMonth, first } = props;
  const [month, setMonth] = useState(firstMonth);
  const isFirst = month === firstMonth;
  const query = usePageQuery(PortalAttendance, { childId, month }, { pause: isFirst });
  const found = isFirst ? first : (query.data?.child?.attendance ?? null);
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <h4 id={titleId}>Presenze e assenze di {childName}</h4>
      <div className="portal-months">
        <button
          type="button"
          className="btn btn-outline-primary btn-sm"
          onClick={() => setMonth(addMonths(month, -1))}
        >
          <Icon name="chevron-left" className="icon-primary icon-sm" />
          <span className="visually-hidden">Mese precedente</span>
        </button>
        <p aria-live="polite">{monthName(month)}</p>
        <button
          type="button"
          className="btn btn-outline-primary btn-sm"
          onClick={() => setMonth(addMonths(month, 1))}
        >
          <Icon name="chevron-right" className="icon-primary icon-sm" />
          <span className="visually-hidden">Mese successivo</span>
        </button>
      </div>
      {!isFirst && query.isLoading && query.problem === null ? <Loading /> : null}
      {found !== null ? (
        <Calendar found={found} />
      ) : !isFirst && query.isLoading ? null : (
        <Missing
          what="Presenze e assenze"
          reason={isFirst ? props.reason : (query.problem?.text ?? query.missing('child.attendance'))}
          onRetry={isFirst ? props.onRetry : query.reload}
        />
      )}
    </section>
  );
}

function Calendar({ found }: { readonly found: PortalAttendanceMonthFragment }) {
  if (found.days.length === 0) return <p>Per {monthName(found.month)} non ci sono dati.</p>;
  const known = new Map(found.days.map((day) => [day.date, day.status]));
  return (
    <>
      <p>
        Presenze: <strong>{found.presences}</strong>, assenze: <strong>{found.absences}</strong>
      </p>
      <table className="portal-calendar">
        <caption className="visually-hidden">Presenze e assenze di {monthName(found.month)}</caption>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col">
                <abbr title={name}>{name.slice(0, 3)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(found.month).map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((date, index) => (
                <Day key={date ?? weekdays[index]} date={date} status={known.get(date ?? '')} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="portal-legend">P presente, A assente, – servizio sospeso</p>
    </>
  );
}

function Day({ date, status }: { readonly date: string | null; readonly status: string | undefined }) {
  if (date === null) return <td />;
  const label = attendanceLabels[status as keyof typeof attendanceLabels] ?? 'nessun dato';
  return (
    <td className={status === undefined ? '' : `day-${status.toLowerCase()}`}>
      <span aria-hidden="true">
        {Number(date.slice(8))}
        <b>{letters[status ?? ''] ?? ''}</b>
      </span>
      <span className="visually-hidden">
        {longDay(date)}: {label}
      </span>
    </td>
  );
}

/** The days of a month in weeks from Monday; null where a day is of another month. */
function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const before = (first.getUTCDay() + 6) % 7;
  const cells = Array.from({ length: Math.ceil((before + count) / 7) * 7 }, (_, index) => {
    const day = index - before + 1;
    return day < 1 || day > count ? null : `${month}-${String(day).padStart(2, '0')}`;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
