import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { frozenClock } from '../../../core/clock.ts';
import { AppError, toPublicError } from '../../../core/errors.ts';
import { createId, parseId } from '../../../core/ids.ts';
import { createLog } from '../../../core/log.ts';
import { parseIuv } from '../../../core/values/index.ts';

describe('an id', () => {
  it('gives its parts back, to its own type only', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\w-]{1,12}$/), { minLength: 1, maxLength: 3 }), (parts) => {
        const id = createId('Invoice', ...parts);
        expect(parseId('Invoice', id)).toEqual(parts);
        expect(parseId('Instalment', id)).toBeNull();
      }),
    );
  });

  it('has one spelling', () => {
    const id = createId('Invoice', 2020, 684);
    for (const other of [`${id}=`, `${id} `, id.toUpperCase(), id.slice(1), '', 'Invoice:2020/684']) {
      expect(parseId('Invoice', other)).toBeNull();
    }
  });
});

describe('what leaves the process instead of an error', () => {
  it('keeps code and sentence of ours', () => {
    const error = toPublicError(
      new AppError('LEGACY_UNAVAILABLE', 'The legacy system does not respond.', { cause: 'ORA-600' }),
    );
    expect(error.toJSON()).toEqual({
      message: 'The legacy system does not respond.',
      extensions: { code: 'LEGACY_UNAVAILABLE' },
    });
  });

  it('hides everything else', () => {
    for (const error of [
      new Error('relation "AN_SOGG" does not exist'),
      new GraphQLError('at 10.0.0.1'),
      'text',
      null,
    ]) {
      expect(toPublicError(error).toJSON()).toEqual({
        message: 'Internal error.',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
    }
  });

  it('calls a bad value bad input', () => {
    const bad = () => parseIuv('12');
    expect(() => bad()).toThrow();
    try {
      bad();
    } catch (error) {
      expect(toPublicError(error).extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});

describe('the log', () => {
  it('writes one JSON line an event, with what its child carries', () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line), frozenClock('2026-10-15T09:00').now);
    log.child({ requestId: 'r-1' }).info('gateway.ready', { port: 4000 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: '2026-10-15T07:00:00.000Z',
        level: 'info',
        event: 'gateway.ready',
        requestId: 'r-1',
        port: 4000,
      },
    ]);
  });

  it('blacks out what looks like a codice fiscale, a token or an e-mail, in causes too', () => {
    const lines: string[] = [];
    const cause = new Error('Key (COD_FISC)=(RSSCLD84C52A794Q) of anna.bianchi@example.org');
    createLog((line) => lines.push(line)).error('legacy.failed', {
      error: new AppError('LEGACY_UNAVAILABLE', 'no', { cause }),
      token: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
    });
    expect(lines[0]).not.toMatch(/RSSCLD84C52A794Q|example\.org|eyJ/);
    expect(lines[0]).toMatch(/codice fiscale/);
  });
});
