import { told } from '../language.ts';
import type { FieldProblemEntry } from './problem-summary.tsx';

const text = told(
  'La data non esiste o non è completa: correggila, oppure cancellala.',
  'The date does not exist or is not complete: correct it or clear it.',
);

/**
 * The date fields of a form that hold no day: one that no calendar has, or one that is typed in part. To a script
 * their value is empty, and to the person who typed it is not.
 */
export function unreadableDates(
  form: HTMLFormElement | null,
): readonly (FieldProblemEntry & { fieldId: string })[] {
  const inputs = [...(form?.querySelectorAll<HTMLInputElement>('input[type=date]') ?? [])];
  return inputs.filter(({ validity }) => validity.badInput).map(({ id }) => ({ fieldId: id, text }));
}
