import { describe, expect, it } from '@jest/globals';
import {
  canonicalMediaType,
  isUndecided,
  nameOfMediaType,
  nameOfType,
  sniffMediaType,
} from '../../../../subgraphs/practices/records/media-types.ts';

/** The beginning of a file in the ISO container, with its brands. */
function ftyp(...brands: readonly string[]): Buffer {
  const [major = '', ...compatible] = brands;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(16 + 4 * compatible.length);
  head.write('ftyp', 4);
  return Buffer.concat([head, Buffer.from(`${major}\0\0\0\0${compatible.join('')}`), Buffer.alloc(100)]);
}
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const pdfAfter = (count: number) => Buffer.concat([Buffer.alloc(count, 0x0a), Buffer.from('%PDF-1.4\n')]);

describe('what bytes are', () => {
  it.each([
    ['an iPhone’s photograph', ftyp('heic', 'mif1', 'heic'), 'image/heic'],
    ['one with the container’s brand first', ftyp('mif1', 'mif1', 'heic'), 'image/heic'],
    ['one with that brand alone', ftyp('mif1'), 'image/heic'],
    ['a burst', ftyp('hevc', 'mif1', 'hevc'), 'image/heic'],
    ['a burst with the container’s brand first', ftyp('msf1', 'hevc'), 'image/heic'],
    ['a picture of ten bits', ftyp('heix', 'mif1'), 'image/heic'],
    ['AVIF', ftyp('avif', 'mif1', 'miaf'), null],
    ['AVIF with the container’s brand first', ftyp('mif1', 'avif', 'miaf'), null],
    ['a film', ftyp('mp42', 'isom'), null],
    ['a film that also names a picture’s brand', ftyp('isom', 'heic'), null],
    ['a container cut off', ftyp('heic').subarray(0, 10), null],
    ['JPEG', jpeg, 'image/jpeg'],
    ['PNG', png, 'image/png'],
    ['WebP', Buffer.from('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0', 'latin1'), 'image/webp'],
    ['PDF', pdfAfter(0), 'application/pdf'],
    [
      'PDF after a byte order mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), pdfAfter(0)]),
      'application/pdf',
    ],
    ['PDF after 1,024 bytes', pdfAfter(1_024), 'application/pdf'],
    ['PDF after 1,025 bytes', pdfAfter(1_025), null],
    [
      'PDF after what a mail program wrote',
      Buffer.concat([Buffer.from('Content-Type: application/pdf\r\n\r\n'), pdfAfter(3)]),
      'application/pdf',
    ],
    ['a photograph that mentions PDF', Buffer.concat([jpeg, pdfAfter(3)]), 'image/jpeg'],
    ['HTML', Buffer.from('<html><script>x()</script></html>'), null],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s', async (_name, bytes, expected) => {
    expect(await sniffMediaType(bytes)).toBe(expected);
  });
});

describe('what types are called', () => {
  it('is one name for all that browsers say', () => {
    expect(
      [
        'image/jpg',
        'IMAGE/JPEG; q=1',
        'image/pjpeg',
        'image/heif',
        'image/heic-sequence',
        'image/x-png',
        'application/x-pdf',
      ].map(canonicalMediaType),
    ).toEqual([
      'image/jpeg',
      'image/jpeg',
      'image/jpeg',
      'image/heic',
      'image/heic',
      'image/png',
      'application/pdf',
    ]);
    expect(['image/avif', 'text/html', '', 'constructor', '__proto__'].map(canonicalMediaType)).toEqual(
      Array(5).fill(null),
    );
    expect(['', ' ', 'application/octet-stream', 'text/html'].map(isUndecided)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([nameOfMediaType('image/jpg'), nameOfMediaType('application/msword')]).toEqual([
      'JPEG',
      'application/msword',
    ]);
  });

  it('ends a file’s name', () => {
    expect(nameOfType('IMG_1.HEIC', 'image/heic')).toBe('IMG_1.HEIC');
    expect(nameOfType('a.exe', 'application/pdf')).toBe('a.exe.pdf');
    expect(nameOfType('foto.jpg', 'image/heic')).toBe('foto.jpg.heic');
  });
});
