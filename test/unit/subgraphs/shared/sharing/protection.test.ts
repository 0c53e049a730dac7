import { describe, expect, it } from '@jest/globals';
import { type NewBlock, readBlock, readLift } from '../../../../../subgraphs/shared/sharing/protection.ts';

const asked: NewBlock = {
  child: ' bncsfo21b58l400k ',
  person: 'LCTPLA79T30B731A',
  until: null,
  reference: ' Decreto 12/2026 ',
};
const read = { child: 'BNCSFO21B58L400K', person: 'LCTPLA79T30B731A', reference: 'Decreto 12/2026' };

describe('the options of a block', () => {
  it('are read before anything is opened', () => {
    expect(readBlock(asked, '2026-11-27' as never)).toEqual({ ...read, until: null });
    expect(readBlock({ ...asked, until: '2026-11-27' }, '2026-11-27' as never).until).toBe('2026-11-27');
    expect(readLift(asked)).toEqual(read);
  });

  it.each<[string, Partial<NewBlock>, string, string]>([
    ['no child', { child: '' }, 'CHILD_INVALID', '--child is missing: give a codice fiscale'],
    ['another child', { child: 'BNCSFO21B58L400X' }, 'CHILD_INVALID', '--child is not a codice fiscale'],
    ['no person', { person: '' }, 'PERSON_INVALID', '--person is missing'],
    ['a body', { person: '00300120169' }, 'PERSON_INVALID', '--person is not a codice fiscale of 16'],
    ['the child itself', { person: asked.child }, 'SAME_PERSON', 'check both codes'],
    ['yesterday', { until: '2026-11-26' }, 'UNTIL_IN_THE_PAST', '--until is the last day'],
    ['no day', { until: '2026-02-30' }, 'UNTIL_IN_THE_PAST', '--until is the last day'],
    ['no act', { reference: ' ' }, 'REFERENCE_MISSING', '--reference is missing: name the act'],
    ['a novel', { reference: 'x'.repeat(201) }, 'REFERENCE_MISSING', '--reference is too long'],
  ])('are refused with %s', (_, more, code, sentence) => {
    expect(() => readBlock({ ...asked, ...more }, '2026-11-27' as never)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(sentence) }),
    );
  });
});
