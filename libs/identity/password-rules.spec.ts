import { COMMON_PASSWORDS } from './common-passwords.js';
import { passwordFault } from './password-rules.js';
import { hashPassword } from './passwords.js';

describe('a password', () => {
  it.each([
    ['of four common words', 'correct horse battery', null],
    ['of one repeated sign that is not common', 'zzzzzzzzzzzzz', null],
    ['in any script', 'пароль длинный', null],
    ['with anything in it', ' "\'<>&;\t💧 x y', null],
    ['of 128 characters', '💧'.repeat(128), null],
    ['of 11 characters', 'abcdefghij1', 'too_short'],
    ['of 11 characters that take more bytes', '💧'.repeat(11), 'too_short'],
    ['of 129 characters', 'x'.repeat(129), 'too_long'],
    ['that many have', 'Password1234', 'too_common'],
    ['that many have, in wide letters', 'ｐassword1234', 'too_common'],
    ['with the name of the address in it', 'my Lupita.Diaz 2026', 'has_address'],
    ['with the address in it', 'lupita.diaz@example.test', 'has_address'],
  ])('%s', (_, password, fault) => {
    expect(passwordFault(password, 'Lupita.Diaz@example.test')).toBe(fault);
  });

  it('is kept as an argon2id hash that takes 19 MiB and two rounds', async () => {
    expect(await hashPassword('plums and bananas')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('may have a short name in it, which is a part of many words', () => {
    expect(passwordFault('bananas and plums', 'ana@example.test')).toBeNull();
  });

  it('is looked for among a hundred common ones, each long enough to be chosen', () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThanOrEqual(100);
    for (const common of COMMON_PASSWORDS) expect(passwordFault(common)).toBe('too_common');
  });
});
