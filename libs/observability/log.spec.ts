import { QueryFailedError } from 'typeorm';
import { entry } from './log.js';
import { toldError } from './told-error.js';

describe('an entry of a log', () => {
  const at = new Date('2026-11-28T01:02:03.004Z');

  it('begins with its instant in UTC, its level and its part', () => {
    expect(entry('error', 'api', 'something', at)).toBe('2026-11-28T01:02:03.004Z error api: something\n');
  });

  it.each([
    ['a new line', 'a\r\n2026-01-01T00:00:00.000Z info api: forged'],
    ['a sequence for the terminal', 'a\u001b[2J\u001b]0;title\u0007b\u009b31m'],
    ['a sign that turns text around', 'a\u202egnp.exe\u2066b'],
    ['a line separator', 'a\u2028b\u2029c'],
  ])('stays one line and does nothing to a terminal: %s', (_, text) => {
    const written = entry('warn', 'api', text, at);
    expect(written.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    expect(written.split('\n')).toHaveLength(2);
  });

  it('keeps words of every script', () => {
    expect(entry('warn', 'api', 'طلب, запрос, 请求 – «é»')).toContain('طلب, запрос, 请求 – «é»');
  });
});

describe('an error in a log', () => {
  it('that may quote what somebody wrote is told by its kind, code and place', () => {
    const cause = Object.assign(new Error('invalid input syntax: "Kwame Banda"'), { code: '22P02' });
    const told = toldError(new QueryFailedError('INSERT …', ['Kwame Banda'], cause));
    expect(told).toMatch(/^QueryFailedError 22P02\n\s+at /);
    const failures = [
      new SyntaxError('Unexpected token in "Kwame Banda"'),
      Object.assign(new Error('no responder is known as Kwame Banda'), {
        name: 'ApplicationFailure',
        type: 'unknown_subject',
      }),
    ];
    for (const failure of failures) expect(toldError(failure)).not.toContain('Banda');
  });

  it('of a part says what it says', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(toldError(refused)).toContain('connect ECONNREFUSED 127.0.0.1:5432');
    expect(toldError('Kwame Banda')).toBe('string');
  });
});
