import { gzipSync } from 'node:zlib';
import { Canaries } from './canary.js';

describe('the search for canaries', () => {
  const canaries = new Canaries();
  const word = canaries.word('a field');
  canaries.word('another field');

  it.each([
    ['as it is', `…${word}…`],
    ['in capitals', word.toUpperCase()],
    ['in JSON', JSON.stringify({ text: canaries.in('a field') })],
    ['in an address', `/x?q=${encodeURIComponent(canaries.in('a field'))}`],
    ['in base64', Buffer.from(word).toString('base64')],
    ['in base64 after one byte', Buffer.from(`1${word}9`).toString('base64')],
    ['in base64 after two bytes', Buffer.from(`12${word}99`).toString('base64')],
    ['in base64url', Buffer.from(`ÿ${word}`).toString('base64url')],
    ['in hexadecimal', Buffer.from(word).toString('hex')],
    ['in UTF-16', Buffer.from(word, 'utf16le')],
    ['folded as mails are', `${word.slice(0, 9)}=\r\n${word.slice(9)}`],
    [
      'in base64 folded as mails are',
      Buffer.from(`1${word}`)
        .toString('base64')
        .replace(/^(.{10})/, '$1\r\n'),
    ],
  ])('finds one %s', (_, text) => {
    expect(canaries.foundIn(text)).toEqual(['a field']);
  });

  it('finds none where there is none, nor through what it cannot read', () => {
    expect(canaries.foundIn(`${word.slice(0, 12)} ${word.slice(12)}`)).toEqual([]);
    expect(canaries.foundIn(gzipSync(word))).toEqual([]);
  });
});
