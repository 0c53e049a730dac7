import { type CalendarDate, schoolYearOf } from '../../core/values/index.ts';
import type { TemplateEntity } from '../../subgraphs/practices/template.entity.ts';
import { office } from './forms.ts';
import { procedures } from './portal.ts';

export type TemplateRow = Omit<TemplateEntity, 'informationSheetId'>;

/** A template a procedure and school year, from 2020/2021 to the current one, which is open all year. */
export function templatesAt(today: CalendarDate): readonly TemplateRow[] {
  const current = Number(schoolYearOf(today).slice(0, 4));
  const years = Array.from({ length: current - 2020 + 1 }, (_, index) => 2020 + index);
  return years.flatMap((year) => procedures.map((procedure) => toTemplate(procedure, year)));
}

function toTemplate({ code, title }: (typeof procedures)[number], year: number): TemplateRow {
  const schoolYear = `${year}/${year + 1}`;
  return {
    id: `${code}-${year}`,
    procedureCode: code,
    title: `${code === 'ISCR' ? 'Modello Iscrizione Mensa' : title} A.S. ${schoolYear}`,
    schoolYear,
    opensOn: `${year}-04-01`,
    // The school year's last day: on each day of it its template is open.
    closesOn: `${year + 1}-08-31`,
    concernsChild: true,
    oncePerChild: code === 'ISCR',
    audiences: ['CITIZENS'],
    contact: office,
    revision: '1',
  };
}
