import { createServer, request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { closeServer, listenAt } from '../../../core/http/listen.ts';
import { readCapped } from '../../../core/http/read-capped.ts';
import { orWhenAborted } from '../../../core/resilience/or-when-aborted.ts';
import { element, xmlDocument } from '../../../core/xml/write-xml.ts';
import { isIdempotencyKey } from '../../../subgraphs/shared/idempotency-key.ts';

const never = new Promise<string>(() => {});

describe('within a limit', () => {
  it('work that ends first gives its result, or its error', async () => {
    const { signal } = new AbortController();
    expect(await orWhenAborted(signal, Promise.resolve('done'), () => 'late')).toBe('done');
    await expect(orWhenAborted(signal, Promise.reject(new Error('failed')), () => 'late')).rejects.toThrow(
      'failed',
    );
  });

  it('work that ignores the signal is left alone, and may fail later', async () => {
    const stop = new AbortController();
    let fail = (_error: Error) => {};
    const work = new Promise<string>((_resolve, reject) => {
      fail = reject;
    });
    const result = orWhenAborted(stop.signal, work, () => 'late');
    stop.abort();
    expect(await result).toBe('late');
    fail(new Error('nobody waits'));
    expect(await orWhenAborted(AbortSignal.abort(), never, () => 'late')).toBe('late');
    const refuse = () => {
      throw new Error('too late');
    };
    await expect(orWhenAborted(AbortSignal.abort(), never, refuse)).rejects.toThrow('too late');
  });
});

describe('a body', () => {
  const parts = async function* (...texts: readonly string[]) {
    for (const text of texts) yield Buffer.from(text);
  };

  it('of as many bytes as are allowed is read, of one more it is not', async () => {
    expect((await readCapped(parts('ab', 'cd'), 4))?.toString()).toBe('abcd');
    expect(await readCapped(parts('ab', 'cde'), 4)).toBeNull();
    expect((await readCapped([], 0))?.length).toBe(0);
  });

  it('that is too large is not read to its end', async () => {
    let read = 0;
    const endless = async function* () {
      for (;;) yield Buffer.alloc(++read);
    };
    expect(await readCapped(endless(), 5)).toBeNull();
    expect(read).toBe(3);
    expect(await readCapped(parts('abc', 'd', 'e'), 4, 'dropped')).toBeNull();
    expect((await readCapped(parts('abc', 'd'), 4, 'dropped'))?.toString()).toBe('abcd');
  });
});

describe('a server that closes', () => {
  it('cuts a request in progress when its grace has passed', async () => {
    const server = createServer(() => {});
    const port = await listenAt(server, { port: 0, host: '127.0.0.1', portVariable: 'PORT' });
    const broken = new Promise<string>((resolve) =>
      request({ port, host: '127.0.0.1' })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
        .end(),
    );
    await new Promise((resolve) => server.once('request', resolve));
    await closeServer(server, 10);
    expect(await broken).toBe('ECONNRESET');
    // A second time is no error.
    await closeServer(server, 10);
  });
});

describe('an element of XML', () => {
  it('has its text and attributes escaped, and no character that XML cannot contain', () => {
    expect(element('a', { b: '"<&>\'', c: null, d: 0 }, [element('e', '<&>"\u0000\ud800é'), null]).xml).toBe(
      '<a b="&quot;&lt;&amp;&gt;\'" d="0"><e>&lt;&amp;&gt;&quot;\ufffd\ufffdé</e></a>',
    );
    expect(xmlDocument(element('a', []))).toBe('<?xml version="1.0" encoding="utf-8"?>\n<a/>');
  });
});

describe("a client's key", () => {
  it('has 1 to 255 characters', () => {
    expect(['', 'k', 'k'.repeat(255), 'k'.repeat(256)].map(isIdempotencyKey)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
