import { DataSource } from 'typeorm';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { codeOf, laterCode } from '../../test/support/authenticator.js';
import { createTestDatabase } from '../../test/support/database.js';
import { seedPeople } from '../../test/support/people.js';
import { RateLimits, TooManyTries } from './rate-limits.js';
import { SecondFactors } from './second-factors.js';

const CONFIG = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  secretsKey: Buffer.alloc(32, 'k').toString('base64'),
};

describe('a second factor', () => {
  let dataSource: DataSource;
  let factors: SecondFactors;
  let person: Person;
  let secret = '';
  let recoveryCodes: string[] = [];
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
    person = await dataSource.manager.findOneByOrFail(Person, { email: 'coordinator@example.test' });
    factors = new SecondFactors(dataSource, new RateLimits(dataSource, CONFIG.secretsKey), CONFIG);
  }, 60_000);
  beforeEach(async () => {
    for (const table of ['recovery_code', 'authenticator', 'rate_limit', 'mail'])
      await dataSource.query(`DELETE FROM ${table}`);
    await factors.begin(person);
    secret = (await factors.beingAdded(person))?.secret ?? '';
    recoveryCodes = (await factors.confirm(person, codeOf(secret))) ?? [];
    await laterCode(dataSource);
  });
  afterAll(() => dataSource.destroy());

  const mails = async () =>
    (await dataSource.query<{ kind: string }[]>('SELECT kind FROM mail ORDER BY id')).map(({ kind }) => kind);
  const answer = (code: string) => factors.answer(person.id, code);

  it('is as authenticator apps expect it, and kept sealed', async () => {
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(JSON.stringify(await dataSource.query('SELECT * FROM authenticator'))).not.toContain(secret);
    await dataSource.query('DELETE FROM authenticator');
    await factors.begin(person);
    expect((await factors.beingAdded(person))?.uri).toMatch(
      /^otpauth:\/\/totp\/Action48:coordinator%40example.test\?issuer=Action48&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    );
  });

  it('counts for nothing until its first code has been typed in', async () => {
    await dataSource.query('DELETE FROM authenticator');
    await factors.begin(person);
    const { secret: other = '' } = (await factors.beingAdded(person)) ?? {};
    expect(await answer(codeOf(other))).toBe(false);
    expect(await factors.standing(person.id)).toMatchObject({ since: null });
    const wrong = String((Number(codeOf(other)) + 1) % 1_000_000).padStart(6, '0');
    expect(await factors.confirm(person, wrong)).toBeNull();
    expect(await factors.confirm(person, codeOf(other))).toHaveLength(10);
  });

  it('takes the code of now, of the step before and of the next, and no other', async () => {
    for (const [steps, taken] of [
      [-4, false],
      [4, false],
      [0, true],
    ] as const)
      expect({ steps, taken: await answer(codeOf(secret, steps)) }).toEqual({ steps, taken });
    await laterCode(dataSource);
    expect(await answer(` ${codeOf(secret).replace(/(...)/, '$1 ')}`)).toBe(true);
  });

  it('takes each code once, also of two that come at the same time', async () => {
    const code = codeOf(secret);
    const both = await Promise.all([answer(code), answer(code)]);
    expect(both.sort()).toEqual([false, true]);
    expect(await answer(code)).toBe(false);
  });

  it('has ten recovery codes, each good once, however it is typed, and for its person alone', async () => {
    expect(new Set(recoveryCodes).size).toBe(10);
    const [one = '', two = '', three = ''] = recoveryCodes;
    expect(JSON.stringify(await dataSource.query('SELECT * FROM recovery_code'))).not.toContain(one);
    expect(await answer(one)).toBe(true);
    expect(await answer(one)).toBe(false);
    expect(await answer(two.toLowerCase().replaceAll('-', ' '))).toBe(true);
    const somebodyElse = await dataSource.manager.findOneByOrFail(Person, { email: 'lead@example.test' });
    expect(await factors.answer(somebodyElse.id, three)).toBe(false);
    expect((await factors.standing(person.id)).codesLeft).toBe(8);
    const renewed = (await factors.renewCodes(person)) ?? [];
    expect(await answer(three)).toBe(false);
    expect(await answer(renewed[0] ?? '')).toBe(true);
  });

  it('is not tried again for a while after ten tries, wherever they come from', async () => {
    for (let tried = 1; tried < 10; tried += 1) await answer('WRONG-CODE');
    await expect(answer(codeOf(secret))).rejects.toThrow(TooManyTries);
  });

  it('is not replaced by somebody who begins again while it is in use', async () => {
    await factors.begin(person);
    expect(await factors.beingAdded(person)).toBeNull();
    expect(await answer(codeOf(secret))).toBe(true);
  });

  it('tells its person by mail when it is added and when it is turned off, and is gone then', async () => {
    await factors.remove(person);
    expect(await mails()).toEqual(['second_factor_added', 'second_factor_removed']);
    expect(await answer(codeOf(secret))).toBe(false);
    expect(await answer(recoveryCodes[0] ?? '')).toBe(false);
    expect(await dataSource.manager.countBy(Authenticator, { personId: person.id })).toBe(0);
  });
});
