import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { translator } from '#libs/i18n/translator.js';
import { LEDGER_WORDS } from './mail-words.js';

const CODE = ['libs', 'apps', 'activities'].flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !/\.(e2e-)?spec\.ts$/.test(file))
    .map((file) => join(folder, file)),
);
/** SQL or an entity that calls a mail off. */
const CALLS_OFF = /state(:| =) '?'suppressed'|THEN 'suppressed'/;
/** A reason that is written there, rather than taken from the list; functions that take one take it by its type. */
const WRITTEN_OUT = /response(:| =) '/;
/** Outcomes that nobody knows, and what a deployment outside production keeps back, in words for its operator. */
const OF_THE_MAILER = ['ledger-statements.ts', 'ledger.ts'].map((file) => join('libs', 'mail', file));

describe('why a mail was called off', () => {
  const writers = CODE.filter((file) => CALLS_OFF.test(readFileSync(file, 'utf8')));

  it('is taken from one list by whatever calls mails off', () => {
    const others = writers.filter((file) => !OF_THE_MAILER.includes(file));
    expect(others.length).toBeGreaterThan(6);
    const source = (file: string) => readFileSync(file, 'utf8');
    expect(others.filter((file) => WRITTEN_OUT.test(source(file)))).toEqual([]);
    expect(others.filter((file) => !/CALLED_OFF|CalledOff/.test(source(file)))).toEqual([]);
  });

  it('has words on every page and in every language', () => {
    for (const reason of Object.values(CALLED_OFF)) {
      expect(LEDGER_WORDS).toContain(reason);
      for (const language of ['ar', 'es', 'fr', 'pt', 'ru', 'zh'] as const)
        expect(translator(language)(reason)).not.toBe(reason);
    }
  });
});
