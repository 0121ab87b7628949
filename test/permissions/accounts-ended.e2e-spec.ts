import { doorsOf } from './doors.js';
import { markOf, nameOf, permissionTable } from './table.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { ApiTokens } from '#libs/identity/api-tokens.js';
import { Sessions } from '#libs/identity/sessions.js';
import { Config } from '#libs/config/config.js';
import { sessionCookie } from '../../apps/api/src/identity/cookies.js';
import { TestSystem } from '../support/system.js';
import { personId } from './personas.js';

jest.setTimeout(180_000);

/** Doors at which whoever is not signed in is told to sign in first. */
const CLOSED = permissionTable()
  .filter(({ marks }) => marks['anonymous'] === '→')
  .map(nameOf);

describe('somebody whose account is disabled', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({ settings: { LOG_LEVEL: 'error' } });
  });
  afterAll(() => system?.stop());

  it('is signed out at every door there is at their very next click, by cookie, session and token', async () => {
    const id = personId('coordinator');
    const person = await system.dataSource.manager.findOneByOrFail(Person, { id });
    const { token, signedIn } = await system.app.get(Sessions).begin(person, { method: 'password' });
    const wish = { name: 'Figures', scopes: ['read', 'act'], days: 1 } as const;
    const { token: ofProgram } = await system.app.get(ApiTokens).make(signedIn, wish);
    const keys: Record<string, string>[] = [
      { cookie: `${sessionCookie(system.app.get(Config))}=${token}` },
      { authorization: `Bearer ${token}` },
      { authorization: `Bearer ${ofProgram}` },
    ];
    const knock = (method: string, path: string, key: Record<string, string>) =>
      fetch(system.url + path.replace(/:\w+/g, '1'), { method, headers: key, redirect: 'manual' });
    for (const key of keys) expect((await knock('GET', '/api/v1/cases', key)).status).toBe(200);
    const reason = { reason: 'Moved to another post.' };
    expect((await system.call('admin', 'POST', `/api/v1/people/${id}/disable`, reason)).status).toBe(200);
    const stillIn: string[] = [];
    for (const door of doorsOf(system.app).filter((one) => CLOSED.includes(nameOf(one))))
      for (const [at, key] of keys.entries())
        if (markOf(await knock(door.method, door.path, key)) !== '→') stillIn.push(`${nameOf(door)} (${at})`);
    expect(stillIn).toEqual([]);
    expect(CLOSED.length).toBeGreaterThan(150);
  });
});
