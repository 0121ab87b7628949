import type { CookieVisitor } from '../support/cookie-visitor.js';
import { ALTERNATE, Following } from '../support/following.js';
import { routesOf } from '../support/routes.js';
import type { TestSystem } from '../support/system.js';

describe('a guest', () => {
  let following: Following;
  let system: TestSystem;
  let reference = '';
  let other = '';
  beforeAll(async () => {
    following = await Following.start();
    ({ system, reference, other } = following);
  }, 180_000);
  beforeEach(() => following.forget());
  afterAll(() => system?.stop());

  const guest = (email?: string) => following.guest(email);
  const status = async (who: CookieVisitor, path: string) => (await who.send(path)).status;
  const csrfOf = async (who: CookieVisitor) =>
    /name="_csrf" value="([^"]+)"/.exec(await (await who.send(`/cases/${reference}`)).text())?.[1] ?? '';
  const asGuest = async (who: CookieVisitor, path: string): Promise<unknown> => (await who.send(path)).json();

  it('may do on the request what the State may, and is named in its timeline', async () => {
    await guest();
    const { body } = await system.call('bravia', 'GET', `/api/v1/cases/${reference}`);
    const view = (await asGuest(await guest(), `/api/v1/cases/${reference}`)) as {
      nextActions: string[];
      you: string[];
    };
    expect(view.nextActions).toEqual(body.nextActions);
    expect(view.you).toEqual(['requester']);
    const people = await system.dataSource.query('SELECT name, email, roles, language, guest FROM person WHERE guest');
    expect(people).toContainEqual({
      name: 'Mwila Banda',
      email: expect.stringMatching(/@guest\.invalid$/),
      roles: [],
      language: 'en',
      guest: true,
    });
    // The same contact is the same guest each time.
    expect(people.filter(({ name }: { name: string }) => name === 'Mwila Banda')).toHaveLength(1);
  });

  it('answers for the State, checked again where the step takes effect', async () => {
    for (const [verb, body] of [
      ['acknowledge', { message: 'We have it.' }],
      ['verify', { means: 'mission', evidence: 'Call of today.' }],
      ['take', {}],
      ['return', { questions: ['Which ministry leads?'] }],
    ] as const)
      expect((await system.step('coordinator', reference, verb, body)).status).toBe(200);
    const who = await guest(ALTERNATE);
    const page = await (await who.send(`/cases/${reference}/answer`)).text();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '';
    const answers = { _csrf: field('_csrf'), _key: field('_key'), answers: 'The Ministry of Defence.' };
    expect((await who.send(`/cases/${reference}/answer`, answers)).status).toBe(303);
    const { body } = await system.call('coordinator', 'GET', `/api/v1/cases/${reference}/timeline`);
    const told = (body.items as { type: string; actor: { name: string } }[]).find(({ type }) => type === 'answered');
    expect(told?.actor.name).toBe('Chanda Phiri');
  });

  it('finds no other case, and nothing to be done with it', async () => {
    const who = await guest();
    const csrf = await csrfOf(who);
    expect(await status(who, `/cases/${other}`)).toBe(404);
    expect(await status(who, `/api/v1/cases/${other}`)).toBe(404);
    expect((await who.send(`/cases/${other}/withdraw`, { _csrf: csrf, reason: 'No.' })).status).toBe(404);
  });

  it('finds nothing here but that request: no list, no form, no account, no token', async () => {
    const who = await guest();
    const csrf = await csrfOf(who);
    const closed = routesOf(system.app).filter(
      ({ path, isPublic }) =>
        !isPublic &&
        !path.includes('/cases/:reference') &&
        !['/sign-out', '/follow/case', '/api/v1/sessions/current'].includes(path),
    );
    expect(closed.length).toBeGreaterThan(40);
    const answers: Record<string, number> = {};
    for (const { method, path } of closed) {
      const address = path.replace(/:\w+/g, 'x');
      const answer = method === 'GET' ? await who.send(address) : await who.send(address, { _csrf: csrf });
      // Programs' routes take no forms at all.
      if (answer.status !== 404 && !(answer.status === 415 && path.startsWith('/api/')))
        answers[`${method} ${path}`] = answer.status;
    }
    expect(answers).toEqual({});
  });

  it('comes back to the request from the start page, and signs out', async () => {
    const who = await guest();
    expect((await who.send('/')).headers.get('location')).toBe('/follow/case');
    expect((await who.send('/follow/case')).headers.get('location')).toBe(`/cases/${reference}`);
    const page = await (await who.send(`/cases/${reference}`)).text();
    expect(page).not.toContain('href="/requests"');
    await who.send('/sign-out', { _csrf: await csrfOf(who) });
    expect(await status(who, `/cases/${reference}`)).toBe(303);
  });

  it('is nobody as soon as the access is taken back, also for a session that goes on', async () => {
    const who = await guest();
    await system.dataSource.query('DELETE FROM case_guest');
    expect(await status(who, `/cases/${reference}`)).toBe(303);
    expect(await status(who, '/system')).toBe(303);
  });

  it('does not come in again when shut out', async () => {
    await guest();
    await system.dataSource.query('UPDATE person SET active = false WHERE guest');
    const who = following.visitor();
    await following.ask(who);
    expect((await following.enter(who, await following.sent())).status).toBe(422);
    await system.dataSource.query('UPDATE person SET active = true WHERE guest');
  });
});
