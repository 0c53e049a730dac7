import { describe, expect, it } from '@jest/globals';
import { blocksOfHtml } from '../../../../core/pdf/html-blocks.ts';

describe('a text with mark-up as blocks', () => {
  it('keeps paragraphs, line breaks, entities and addresses', () => {
    expect(
      blocksOfHtml(
        '<h3>Regole</h3> <p>Testo <b>con</b>\n enfasi e <a href="https://comune.example.it">un sito</a>.<br>Seconda riga &amp; altro</p>fine <a href="mailto:a@example.it">a@example.it</a>',
      ),
    ).toEqual([
      { kind: 'text', text: 'Regole', look: 'strong' },
      {
        kind: 'text',
        text: 'Testo con enfasi e un sito (https://comune.example.it).\nSeconda riga & altro',
        look: 'plain',
      },
      { kind: 'text', text: 'fine a@example.it', look: 'plain' },
    ]);
  });

  it('keeps lists, numbered or not, in their order and one within another', () => {
    expect(
      blocksOfHtml(
        '<ul><li>uno<ul><li>dentro</li></ul></li><li><p>due</p></li></ul><ol><li>primo<li>secondo</ol>',
      ),
    ).toEqual([
      { kind: 'list', items: ['uno', 'dentro', 'due'], isNumbered: false },
      { kind: 'list', items: ['primo', 'secondo'], isNumbered: true },
    ]);
  });

  it('leaves out what is not for reading, and bears what is broken', () => {
    expect(
      blocksOfHtml('<script>alert(1)</script><style>p{}</style><p>sì<a href="javascript:x">qui</a>'),
    ).toEqual([{ kind: 'text', text: 'sìqui', look: 'plain' }]);
    expect(blocksOfHtml('')).toEqual([]);
    expect(blocksOfHtml('</p></ul><li>solo')).toEqual([{ kind: 'text', text: 'solo', look: 'plain' }]);
  });
});
