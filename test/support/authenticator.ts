import { TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { SecondFactors } from '#libs/identity/second-factors.js';
import type { TestSystem } from './system.js';

const STEP_MS = 30_000;

/** What an authenticator app with this key shows, `steps` of 30 seconds from now. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: secret.replace(/\s/g, '') }).generate({ timestamp: Date.now() + steps * STEP_MS });

/** As if the code that was taken last were long ago, so that the one of now can be taken. */
export const laterCode = (dataSource: DataSource): Promise<unknown> =>
  dataSource.query('UPDATE authenticator SET last_step = 0');

/** Gives one of the people of the demonstration a second factor. */
export async function enrol({ app, dataSource }: TestSystem, who: string) {
  const person = await dataSource.manager.findOneByOrFail(Person, { email: `${who}@demo.action48.test` });
  const secondFactors = app.get(SecondFactors);
  await secondFactors.begin(person);
  const { secret = '' } = (await secondFactors.beingAdded(person)) ?? {};
  const recoveryCodes = (await secondFactors.confirm(person, codeOf(secret))) ?? [];
  await laterCode(dataSource);
  return { person, secret, recoveryCodes };
}
