import anyAscii from 'any-ascii';
import type { Block, PdfContent } from './content.ts';
import { fontOf } from './fonts.ts';

const note =
  'Le lettere che non appartengono all’alfabeto latino sono qui traslitterate; resta conservato il testo originale.';

/**
 * The same content in letters that the font has.
 *
 * Others are written in Latin letters, `李` as `Li`, and the document says so at its end: better than an empty
 * box, for who reads it and for who has it read aloud.
 */
export function toPrintable(content: PdfContent): PdfContent {
  let isTransliterated = false;
  const spell = (text: string): string =>
    text.normalize('NFC').replace(/[^\x20-\x7e\n]/gu, (letter) => {
      if (/\p{Cc}|\p{Cf}/u.test(letter)) return letter === '\t' ? ' ' : '';
      if (fontOf('400Regular').hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)) return letter;
      isTransliterated = true;
      return anyAscii(letter) || '?';
    });
  const spelled = mapTexts(content, spell);
  if (!isTransliterated) return spelled;
  const explained: Block = { kind: 'text', text: note, look: 'small' };
  return { ...spelled, blocks: [...spelled.blocks, explained] };
}

function mapTexts<T>(value: T, spell: (text: string) => string): T;
function mapTexts(value: unknown, spell: (text: string) => string): unknown {
  if (typeof value === 'string') return spell(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    // What a bar code holds is for machines.
    Object.entries(value).map(([name, held]) => [name, name === 'data' ? held : mapTexts(held, spell)]),
  );
}
