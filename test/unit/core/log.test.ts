import { describe, expect, it } from '@jest/globals';
import { createLog, type LogLevel, redact } from '../../../core/log.ts';

/** A log that has got one event of each level, and the end of an audit chain. */
function written(least: LogLevel) {
  const lines: string[] = [];
  const observed: string[] = [];
  const observe = (level: LogLevel, event: string) => void observed.push(`${level} ${event}`);
  const log = createLog((line) => void lines.push(line), undefined, {}, { least, observe }).child({ a: 1 });
  log.info('request');
  log.warn('register.failed');
  log.error('register.refused');
  log.info('audit.head');
  return { events: lines.map((line) => JSON.parse(line).event), observed };
}

describe('the log', () => {
  it.each<[LogLevel, readonly string[]]>([
    ['info', ['request', 'register.failed', 'register.refused', 'audit.head']],
    ['warn', ['register.failed', 'register.refused', 'audit.head']],
    ['error', ['register.refused', 'audit.head']],
  ])('from %s on has that and what is worse, and the ends of audit chains', (least, events) => {
    expect(written(least).events).toEqual(events);
  });

  it('is observed whole, whatever is written', () => {
    expect(written('error').observed).toEqual([
      'info request',
      'warn register.failed',
      'error register.refused',
      'info audit.head',
    ]);
  });

  it('blacks out a codice fiscale wherever it stands, and no part of a hash that looks like one', () => {
    const hash = 'abcdef12a34b567c'.padEnd(64, '0');
    expect(
      redact(`{"hash":"${hash}","cause":"xRSSCLD84C52A794QrssCLD84c52a794q, TINIT-RSSCLD84C52A794Q"}`),
    ).toBe(`{"hash":"${hash}","cause":"x[codice fiscale][codice fiscale], TINIT-[codice fiscale]"}`);
    expect(redact('abcdef12a34b567c')).toBe('[codice fiscale]');
  });
});
