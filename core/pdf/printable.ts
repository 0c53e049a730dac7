import anyAscii from 'any-ascii';
import type { Block, PdfContent } from './content.ts';
import { fontOf } from './fonts.ts';

const note =
  'Le lettere e i segni che non si possono stampare sono qui traslitterati o tralasciati; resta conservato il testo originale.';

/** The same content in letters that the font has; the document says so at its end when some were written otherwise. */
export function toPrintable(content: PdfContent): PdfContent {
  let isRespelled = false;
  const spell = (text: string): string => {
    const printable = toPrintableText(text);
    isRespelled ||= printable !== cleaned(text);
    return printable;
  };
  const spelled = mapTexts(content, spell);
  if (!isRespelled) return spelled;
  const explained: Block = { kind: 'text', text: note, look: 'small' };
  return { ...spelled, blocks: [...spelled.blocks, explained] };
}

/**
 * A text in letters that the font has: the others without the marks that it lacks, `ọ̀` as `o`, or in Latin letters,
 * `李` as `Li`. What has no counterpart is left out; a text of nothing else is written as `U+20BB7`.
 *
 * Better than an empty box, for reading and for having it read aloud.
 */
export function toPrintableText(text: string): string {
  const clean = cleaned(text);
  const printable = clean.replace(/[^\x20-\x7e\n]/gu, inFont);
  if (printable.trim() !== '' || clean.trim() === '') return printable;
  return Array.from(clean.trim(), (letter) => `U+${codeOf(letter).toString(16).toUpperCase()}`).join(' ');
}

/** Composed, without what has no shape of its own. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\t', ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\ufffd]/gu, '');
}

function inFont(letter: string): string {
  if (isInFont(letter)) return letter;
  const [base = '', ...marks] = letter.normalize('NFD');
  if (marks.length === 0 || !isInFont(base)) return inLatin(letter);
  // Each mark that the font has on this letter stays.
  return marks.reduce((kept, mark) => {
    const composed = (kept + mark).normalize('NFC');
    return isInFont(composed) ? composed : kept;
  }, base);
}

function inLatin(letter: string): string {
  const latin = anyAscii(letter).replace(/[^\x20-\x7e]/g, '');
  // anyAscii writes `?` for a part of a letter that it does not know.
  return /[\p{L}\p{M}\p{N}]/u.test(letter) ? latin.replaceAll('?', '') : latin;
}

function isInFont(letter: string): boolean {
  const code = codeOf(letter);
  // A mark that could not be composed takes two code points.
  return (
    letter.length === String.fromCodePoint(code).length && fontOf('400Regular').hasGlyphForCodePoint(code)
  );
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}

function mapTexts<T>(value: T, spell: (text: string) => string): T;
function mapTexts(value: unknown, spell: (text: string) => string): unknown {
  if (typeof value === 'string') return spell(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    // The content of a bar code is for machines.
    Object.entries(value).map(([name, held]) => [name, name === 'data' ? held : mapTexts(held, spell)]),
  );
}
