import type { CookieVisitor } from '../support/cookie-visitor.js';
import { ALTERNATE, FOCAL, Following, OTHER_FOCAL } from '../support/following.js';
import type { TestSystem } from '../support/system.js';

describe('a code to follow a request', () => {
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

  const { visitor, ask, sent, enter } = {
    visitor: () => following.visitor(),
    ask: (...given: Parameters<Following['ask']>) => following.ask(...given),
    sent: (email?: string) => following.sent(email),
    enter: (...given: Parameters<Following['enter']>) => following.enter(...given),
  };
  const isIn = (who: CookieVisitor) => who.has('action48_session');
  /** What a page says, without the clock of the demonstration above it. */
  const said = async (response: Response) => /<main[^]*<\/main>/.exec(await response.text())?.[0];
  const status = async (who: CookieVisitor, path: string) => (await who.send(path)).status;

  it.each([
    ['the focal point', FOCAL],
    ['the alternate contact', ALTERNATE],
  ])('lets %s in to the request, however it was typed', async (_, email) => {
    const who = visitor();
    const asked = await ask(who, ` ${email.toUpperCase()} `, reference.toLowerCase());
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/follow/code']);
    const answer = await enter(who, `${((await sent(email)) ?? '').toLowerCase().replace('-', ' ')} `);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/cases/${reference}`]);
    expect(await status(who, `/cases/${reference}`)).toBe(200);
    expect(await system.dataSource.query('SELECT method FROM session ORDER BY created_at DESC LIMIT 1')).toEqual([
      { method: 'code' },
    ]);
  });

  it('lets the mission in once it is written to in the place of the capital', async () => {
    const left = ['focal_point', 'alternate'].map((rung) => ({ rung, because: 'refused' }));
    const set = (unreached: object) =>
      system.dataSource.query(
        `UPDATE assistance_case SET state = jsonb_set(state, '{unreached}', $2::jsonb) WHERE reference = $1`,
        [reference, JSON.stringify(unreached)],
      );
    await set({ requester: left });
    const who = visitor();
    await ask(who, 'mission@bravia.example.test');
    const answer = await enter(who, (await sent('mission@bravia.example.test')) ?? '');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/cases/${reference}`]);
    await set({});
  });

  it('goes out in the language of the request', async () => {
    await ask(visitor(), OTHER_FOCAL, other);
    expect(await system.dataSource.query(`SELECT language FROM mail WHERE kind = 'sign_in_code'`)).toEqual([
      { language: 'fr' },
    ]);
  });

  it.each([
    ['there is no such request', FOCAL, 'CCM-A9-2026-9999'],
    ['the address is nobody’s', 'stranger@bravia.example.test', ''],
    ['the address is the mission’s', 'mission@bravia.example.test', ''],
    ['the address belongs to another request', OTHER_FOCAL, ''],
    ['the address is that of an account', 'bravia@demo.action48.test', ''],
  ])('is not sent when %s, and nothing tells that it was not', async (_, email, about) => {
    const [there, not] = [visitor(), visitor()];
    const one = await ask(there);
    const two = await ask(not, email, about || reference);
    expect([two.status, two.headers.get('location')]).toEqual([one.status, one.headers.get('location')]);
    const shape = ({ headers }: Response) => [...headers.keys()].sort();
    expect(shape(two)).toEqual(shape(one));
    expect(await said(await not.send('/follow/code'))).toBe(await said(await there.send('/follow/code')));
    const wrong = await Promise.all([there, not].map(async (who) => said(await enter(who, 'AAAA-AAAA'))));
    expect(wrong[0]).toBe(wrong[1]);
    expect(await system.dataSource.query('SELECT tries FROM follow_code')).toEqual([{ tries: 1 }, { tries: 1 }]);
    expect(await system.dataSource.query(`SELECT recipient FROM mail WHERE kind = 'sign_in_code'`)).toEqual([
      { recipient: FOCAL },
    ]);
  });

  it('is asked for with a reference and an address', async () => {
    const answer = await visitor().send('/follow', { reference: ' ', email: 'nobody' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const said of ['Enter the reference of the request', 'Enter an e-mail address']) expect(html).toContain(said);
  });

  it('is refused when it is another case’s', async () => {
    const who = visitor();
    await ask(who);
    await ask(visitor(), OTHER_FOCAL, other);
    expect((await enter(who, await sent(OTHER_FOCAL))).status).toBe(422);
    expect(isIn(who)).toBe(false);
  });

  it('is refused in another browser than the one that asked', async () => {
    await ask(visitor());
    const [none, another] = [visitor(), visitor()];
    await ask(another, ALTERNATE);
    for (const who of [none, another]) {
      expect((await enter(who, await sent())).status).toBe(422);
      expect(isIn(who)).toBe(false);
    }
  });

  it('is refused after ten minutes', async () => {
    const who = visitor();
    await ask(who);
    await system.dataSource.query(`UPDATE follow_code SET expires_at = now() - interval '1 second'`);
    expect((await enter(who, await sent())).status).toBe(422);
  });

  it('takes five tries: it is right at the fifth, and worthless at the sixth', async () => {
    const tried = async (wrong: number) => {
      const who = visitor();
      await ask(who);
      for (let n = 0; n < wrong; n += 1) expect((await enter(who, 'AAAA-AAAA')).status).toBe(422);
      return (await enter(who, await sent())).status;
    };
    expect(await tried(4)).toBe(303);
    expect(await tried(5)).toBe(422);
  });

  it('is used once, and replaced by the next that is asked for', async () => {
    const who = visitor();
    await ask(who);
    const first = await sent();
    const again = visitor();
    await ask(again);
    expect((await enter(who, first)).status).toBe(422);
    const cookies = await sent();
    expect((await enter(again, cookies)).status).toBe(303);
    expect(await system.dataSource.query('SELECT * FROM follow_code')).toEqual([]);
  });

  it('lies nowhere in the database as it is', async () => {
    await ask(visitor());
    const code = (await sent()) ?? 'none';
    for (const table of ['follow_code', 'mail', 'sign_in_attempt'])
      expect(JSON.stringify(await system.dataSource.query(`SELECT * FROM ${table}`))).not.toContain(code);
  });

  it('is not sent without end: not for one reference, not to one address, whether they exist or not', async () => {
    const many = async (email: (n: number) => string, about: (n: number) => string) => {
      let last = 0;
      for (let n = 0; n < 31; n += 1) last = (await ask(visitor(), email(n), about(n))).status;
      return last;
    };
    expect(
      await many(
        (n) => `a${n}@x.test`,
        () => 'CCM-A9-2026-8888',
      ),
    ).toBe(429);
    expect(
      await many(
        () => 'one@x.test',
        (n) => `CCM-A9-2026-77${n}`,
      ),
    ).toBe(429);
    expect((await ask(visitor())).status).toBe(303);
  });
});
