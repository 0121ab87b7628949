import { randomBytes } from 'node:crypto';
import { isWellMade, newCheckedCode, newCode, readCode } from './codes.js';
import { keyedHash, seal, unseal, Unreadable } from './secret-box.js';

const KEY = randomBytes(32).toString('base64');
const OTHER = randomBytes(32).toString('base64');

describe('a sealed secret', () => {
  it('is read again for what it was sealed for, and looks different each time', () => {
    const [one, two] = [seal(KEY, 'mail/1', 'código 密码'), seal(KEY, 'mail/1', 'código 密码')];
    expect(one).not.toBe(two);
    expect([one, two].map((sealed) => unseal(KEY, 'mail/1', sealed))).toEqual(['código 密码', 'código 密码']);
  });

  it.each([
    ['under another key', OTHER, 'mail/1', (sealed: string) => sealed],
    ['in another place', KEY, 'mail/2', (sealed: string) => sealed],
    [
      'after somebody changed it',
      KEY,
      'mail/1',
      (sealed: string) => sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA'),
    ],
    ['cut short', KEY, 'mail/1', (sealed: string) => sealed.slice(0, 20)],
    ['when it is nothing', KEY, 'mail/1', () => ''],
  ])('is not read %s', (_, key, place, changed) => {
    expect(() => unseal(key, place, changed(seal(KEY, 'mail/1', 'secret')))).toThrow(Unreadable);
  });
});

describe('the hash of a code', () => {
  it('is another one for another person, and under another key', () => {
    const hashes = [
      keyedHash(KEY, 'a', '1'),
      keyedHash(KEY, 'b', '1'),
      keyedHash(OTHER, 'a', '1'),
      keyedHash(KEY, 'a', '2'),
    ];
    expect(new Set(hashes).size).toBe(4);
    expect(keyedHash(KEY, 'a', '1')).toBe(hashes[0]);
  });
});

describe('a code', () => {
  it('is in groups of four signs that are hard to mistake', () => {
    for (let n = 0; n < 200; n += 1) expect(newCode(8)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(newCode(16)).toHaveLength(19);
  });

  it('of which the last sign follows from the others is known from a slip of the hand', () => {
    for (let n = 0; n < 50; n += 1) {
      const code = newCheckedCode(8);
      expect(isWellMade(code, 8)).toBe(true);
      const signs = code.replace('-', '');
      for (let place = 0; place < 8; place += 1)
        for (const sign of '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(signs.charAt(place), ''))
          expect(isWellMade(signs.slice(0, place) + sign + signs.slice(place + 1), 8)).toBe(false);
    }
  });

  it.each(['', '7QK2', '0000-0000', 'AAAA-AAAA', 'ZZZZ-ZZZZ', '7QK2-M0X!', 'UUUU-UUUU'])(
    'is none that was ever made: “%s”',
    (code) => {
      expect(isWellMade(code, 8)).toBe(false);
    },
  );

  it.each(['70K1-M0XD', '70k1m0xd', ' 7Ok1 - moxd ', '7oKl–MOXD', '7OKIM0XD'])(
    'is read as it was meant: %s',
    (typed) => {
      expect(readCode(typed)).toBe('70K1-M0XD');
    },
  );
});
