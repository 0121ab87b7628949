import { Person } from '#libs/database/entities/person.entity.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

describe('what is held on a person', () => {
  let system: TestSystem;
  let reference = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    reference = body.reference;
    await system.step('bravia', reference, 'withdraw', { reason: 'No longer needed.' });
  }, 60_000);
  afterAll(() => system.stop());

  const idOf = async (who: string): Promise<string> =>
    (await system.dataSource.manager.findOneByOrFail(Person, { email: `${who}@demo.action48.test` })).id;

  it('is theirs to have, without any secret', async () => {
    const { status, body } = await system.call('bravia', 'GET', '/api/v1/account/data');
    expect(status).toBe(200);
    expect(body).toMatchObject({ complete: true, account: { email: 'bravia@demo.action48.test', password: 'set' } });
    const { actsInCases, sessions, mails } = body.lists;
    expect(actsInCases).toEqual([
      { reference, version: 1, type: 'opened', at: expect.any(String) },
      { reference, version: 2, type: 'withdrawn', at: expect.any(String) },
    ]);
    expect(sessions).not.toEqual([]);
    expect(mails).toContainEqual(expect.objectContaining({ reference, kind: 'receipt' }));
    expect(JSON.stringify(body)).not.toMatch(/argon2|csrf|hash|token/i);
  });

  it('has every way in that they have set up, and where they have looked', async () => {
    const { dataSource } = system;
    const id = await idOf('bravia');
    await dataSource.query(
      `INSERT INTO passkey (credential_id, person_id, name, public_key, uses, transports, created_at)
       VALUES ('credential', $1, 'Office key', '', 0, '{usb}', now())`,
      [id],
    );
    await dataSource.query(`INSERT INTO person_identity VALUES ('https://issuer.test', 'subject-1', $1, now())`, [id]);
    await dataSource.query(
      `INSERT INTO api_token VALUES (gen_random_uuid(), $1, 'Nightly', 'secret-in-short', '{read}', now(), now())`,
      [id],
    );
    await system.call('bravia', 'GET', `/api/v1/cases/${reference}`);
    const { body } = await system.call('bravia', 'GET', '/api/v1/account/data');
    expect(body.lists).toMatchObject({
      programs: [{ name: 'Nightly', scopes: ['read'] }],
      passkeys: [{ name: 'Office key', transports: ['usb'] }],
      identityProviders: [{ issuer: 'https://issuer.test', subject: 'subject-1' }],
      secondFactor: [],
      invitations: [],
      looksAtCases: expect.arrayContaining([expect.objectContaining({ reference, door: 'api', why: ['requester'] })]),
    });
    expect(body.lists.sessions).toContainEqual(expect.objectContaining({ method: 'password' }));
    expect(JSON.stringify(body)).not.toContain('secret-in-short');
  });

  it('says where they are named as a contact', async () => {
    const named = { name: 'Aurelia', email: 'aurelia@demo.action48.test' };
    const { body: opened } = await system.call(
      'bravia',
      'POST',
      '/api/v1/requests',
      requestForm({ alternateContact: named }),
    );
    const { body } = await system.call('aurelia', 'GET', '/api/v1/account/data');
    expect(body.lists.namedInRequests).toEqual([{ reference: opened.reference, as: 'alternateContact' }]);
    expect(body.lists.actsInCases).toEqual([]);
  });

  it('is for administrators too, without what belongs to cases, and for nobody else', async () => {
    const path = `/api/v1/people/${await idOf('bravia')}/data`;
    const { status, body } = await system.call('admin', 'GET', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ complete: false, account: { email: 'bravia@demo.action48.test' } });
    expect(JSON.stringify(body)).not.toContain(reference);
    for (const who of ['coordinator', 'lead', 'aurelia', 'legalaid', 'president'])
      expect((await system.call(who, 'GET', path)).status).toBe(404);
    expect((await system.call('', 'GET', path)).status).toBe(401);
    expect((await system.call('', 'GET', '/api/v1/account/data')).status).toBe(401);
    for (const id of ['nobody', '018f3c1e-0000-7000-8000-000000000000'])
      expect((await system.call('admin', 'GET', `/api/v1/people/${id}/data`)).status).toBe(404);
  });

  it('comes as a file from its page', async () => {
    const { status, body } = await system.call('bravia', 'GET', '/account/data');
    expect(status).toBe(200);
    expect(body).toContain('href="/account/data/file"');
    const file = await system.call('bravia', 'GET', '/account/data/file');
    expect(file.headers.get('content-disposition')).toContain('action48-my-data.json');
    expect(file.body.account.email).toBe('bravia@demo.action48.test');
  });
});
