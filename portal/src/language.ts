import { reloadPage } from './ui/use-typed.ts';

export type Language = 'it' | 'en';

const key = 'language';

/**
 * In which language the portal says what is wrong. The API has its refusals in both; the pages, like the menus and forms
 * of the municipality, are in Italian.
 */
export const language: Language = sessionStorage.getItem(key) === 'en' ? 'en' : 'it';

/** What is typed stays: see `useTypedAnswers` and `useTyped`. */
export function changeLanguage(to: Language): void {
  sessionStorage.setItem(key, to);
  reloadPage();
}

/** A sentence about what is wrong, from the portal itself. */
export function told(italian: string, english: string): string {
  return language === 'en' ? english : italian;
}
