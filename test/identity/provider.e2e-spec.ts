import { DESK, Visitors } from '../pages/browser.js';
import { freePort } from '../support/free-port.js';
import { CLIENT, TestProvider } from '../support/identity-provider.js';
import { CookieVisitor } from '../support/cookie-visitor.js';
import { describeInBrowser } from '../support/chromium.js';
import { TestSystem } from '../support/system.js';

const COORDINATOR = { sub: 'c-1', email: 'Coordinator@demo.action48.test', email_verified: true };
const isReturn = ({ pathname }: URL) => pathname === '/sign-in/provider/return';

describe('signing in at an identity provider', () => {
  let provider: TestProvider;
  let system: TestSystem;
  const visitor = () => new CookieVisitor(system.url);

  beforeAll(async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const port = String(await freePort());
    const publicUrl = `http://127.0.0.1:${port}`;
    provider = await TestProvider.start(`${publicUrl}/sign-in/provider/return`);
    system = await TestSystem.start({
      worker: false,
      settings: {
        ...CLIENT,
        PORT: port,
        PUBLIC_URL: publicUrl,
        OIDC_ISSUER: provider.issuer,
        OIDC_NAME: 'Demo directory',
        LOG_LEVEL: 'silent',
      },
    });
  }, 120_000);
  afterEach(async () => {
    await system.dataSource.query('DELETE FROM person_identity');
    await system.dataSource.query('UPDATE person SET active = true');
    await system.dataSource.query(
      `UPDATE person SET email = 'coordinator@demo.action48.test' WHERE email = 'moved@x.test'`,
    );
  });
  afterAll(async () => {
    await system?.stop();
    await provider?.stop();
  });

  /** The address with which the provider sends somebody back, not visited yet. */
  const sentBack = (who: CookieVisitor, next = '/queue') =>
    who.ledTo(`/sign-in/provider?next=${encodeURIComponent(next)}`, isReturn);
  const signIn = async (who: CookieVisitor) => who.send(await sentBack(who));
  const isIn = async (who: CookieVisitor) => (await who.send('/queue')).status === 200;
  const refusedWith = async (response: Response) => ({
    status: response.status,
    says: /<h1[^>]*>([^<]+)</.exec(await response.text())?.[1],
  });
  const UNKNOWN = { status: 403, says: 'No account goes with this sign-in' };
  const UNFINISHED = { status: 400, says: 'This sign-in was not finished' };

  it('is offered on the sign-in page under the provider’s name', async () => {
    expect(await (await visitor().send('/sign-in?next=/queue')).text()).toContain('Sign in with Demo directory');
  });

  it('lets staff in by the address that the provider has verified, and leads on to the page that was asked for', async () => {
    provider.person = COORDINATOR;
    const who = visitor();
    const answer = await signIn(who);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/queue']);
    expect(await isIn(who)).toBe(true);
    expect(await system.dataSource.query('SELECT DISTINCT method FROM session')).toEqual([{ method: 'oidc' }]);
  });

  it('knows them again by the provider’s own name for them, also when their address has changed at either place', async () => {
    provider.person = COORDINATOR;
    await signIn(visitor());
    await system.dataSource.query(
      `UPDATE person SET email = 'moved@x.test' WHERE email = 'coordinator@demo.action48.test'`,
    );
    provider.person = { ...COORDINATOR, email: 'married@demo.action48.test', email_verified: false };
    const who = visitor();
    await signIn(who);
    expect(await isIn(who)).toBe(true);
    expect(await system.dataSource.query('SELECT issuer FROM person_identity')).toEqual([{ issuer: provider.issuer }]);
  });

  it('ends our session when they sign out', async () => {
    provider.person = COORDINATOR;
    const who = visitor();
    await signIn(who);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await (await who.send('/queue')).text())?.[1] ?? '';
    expect((await who.send('/sign-out', { _csrf: csrf })).status).toBe(303);
    expect(await isIn(who)).toBe(false);
  });

  it.each([
    ['whose address is not verified', { ...COORDINATOR, email_verified: false }],
    ['whom nobody here knows', { ...COORDINATOR, email: 'stranger@demo.action48.test' }],
    ['who is a State’s focal point', { ...COORDINATOR, email: 'aurelia@demo.action48.test' }],
    ['who is a responder', { ...COORDINATOR, email: 'legalaid@demo.action48.test' }],
    ['who has no address', { ...COORDINATOR, email: '' }],
  ])('refuses somebody %s, with the same page, and makes no account', async (_, person) => {
    provider.person = person;
    const people = await system.dataSource.query('SELECT count(*) FROM person');
    const who = visitor();
    expect(await refusedWith(await signIn(who))).toEqual(UNKNOWN);
    expect(who.has('action48_session')).toBe(false);
    expect(await system.dataSource.query('SELECT count(*) FROM person')).toEqual(people);
    expect(await system.dataSource.query('SELECT * FROM person_identity')).toEqual([]);
  });

  it('refuses somebody whose account has been disabled, bound or not', async () => {
    provider.person = COORDINATOR;
    const disable = () => system.dataSource.query(`UPDATE person SET active = false WHERE email LIKE 'coordinator@%'`);
    await disable();
    expect(await refusedWith(await signIn(visitor()))).toEqual(UNKNOWN);
    await system.dataSource.query('UPDATE person SET active = true');
    await signIn(visitor());
    await disable();
    expect(await refusedWith(await signIn(visitor()))).toEqual(UNKNOWN);
  });

  it('refuses what comes back with another state, and what comes back a second time', async () => {
    provider.person = COORDINATOR;
    const forged = visitor();
    const address = new URL(await sentBack(forged));
    address.searchParams.set('state', 'x'.repeat(43));
    expect(await refusedWith(await forged.send(address.href))).toEqual(UNFINISHED);

    const who = visitor();
    const once = await sentBack(who);
    expect((await who.send(once)).status).toBe(303);
    expect(await refusedWith(await who.send(once))).toEqual(UNFINISHED);
  });

  it('refuses a code that was used before, and one that was given for another sign-in', async () => {
    provider.person = COORDINATOR;
    const who = visitor();
    const used = await sentBack(who);
    await who.send(used);
    const code = new URL(used).searchParams.get('code') ?? '';
    const again = new URL(await sentBack(who));
    again.searchParams.set('code', code);
    expect(await refusedWith(await who.send(again.href))).toEqual(UNFINISHED);
    const another = visitor();
    const theirs = new URL(await sentBack(another));
    theirs.searchParams.set('code', new URL(await sentBack(visitor())).searchParams.get('code') ?? '');
    expect(await refusedWith(await another.send(theirs.href))).toEqual(UNFINISHED);
    expect(another.has('action48_session')).toBe(false);
  });

  it('refuses what another browser has begun', async () => {
    provider.person = COORDINATOR;
    const address = await sentBack(visitor());
    expect(await refusedWith(await visitor().send(address))).toEqual(UNFINISHED);
  });

  it('refuses what has taken too long', async () => {
    provider.person = COORDINATOR;
    const who = visitor();
    const address = await sentBack(who);
    await system.dataSource.query(`UPDATE sign_in_attempt SET expires_at = now() - interval '1 second'`);
    expect(await refusedWith(await who.send(address))).toEqual(UNFINISHED);
  });

  it('says so when the provider asks in vain: the person refused there', async () => {
    const who = visitor();
    const state = new URL(
      await who.ledTo('/sign-in/provider', ({ host }) => host === new URL(provider.issuer).host),
    ).searchParams.get('state');
    const answer = await who.send(`/sign-in/provider/return?error=access_denied&state=${state}`);
    expect(await refusedWith(answer)).toEqual(UNFINISHED);
  });

  it('does not begin from a page of another site: ours comes first', async () => {
    for (const site of ['cross-site', 'same-site', 'same-origin', 'none']) {
      const headers = { 'sec-fetch-site': site };
      const answer = await fetch(`${system.url}/sign-in/provider?next=/queue`, { headers, redirect: 'manual' });
      const leads = answer.headers.get('location') ?? '';
      expect({ site, here: leads === '/sign-in?next=%2Fqueue' }).toEqual({ site, here: site.endsWith('-site') });
    }
  });

  it('never leads to another site afterwards', async () => {
    provider.person = COORDINATOR;
    const who = visitor();
    const answer = await who.send(await sentBack(who, 'https://evil.test/'));
    expect(answer.headers.get('location')).toBe('/');
  });
});

describeInBrowser('signing in at an identity provider from a page', (chromium) => {
  it('is one link, without any script, and comes back to the page that was asked for', async () => {
    const port = String(await freePort());
    const publicUrl = `http://localhost:${port}`;
    const provider = await TestProvider.start(`${publicUrl}/sign-in/provider/return`);
    provider.person = COORDINATOR;
    const settings = { ...CLIENT, PORT: port, PUBLIC_URL: publicUrl, OIDC_ISSUER: provider.issuer };
    const system = await TestSystem.start({ worker: false, settings });
    const visitors = await Visitors.open(chromium, publicUrl);
    const page = await visitors.visitor('', DESK);
    await page.goto('/forecast');
    await page.getByText('Sign in with single sign-on').click();
    await page.waitForURL(`${publicUrl}/forecast`);
    expect(await page.locator('h1').count()).toBe(1);
    await visitors.close();
    await system.stop();
    await provider.stop();
  }, 120_000);
});

describe('a provider that is away, or none', () => {
  it('is told on a page, with the remedy', async () => {
    const settings = { ...CLIENT, OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`, LOG_LEVEL: 'silent' };
    const system = await TestSystem.start({ worker: false, settings });
    const answer = await new CookieVisitor(system.url).send('/sign-in/provider');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Try again in a few minutes');
    await system.stop();
  });

  it('is no page at all where none is set', async () => {
    const system = await TestSystem.start({ worker: false });
    const who = new CookieVisitor(system.url);
    expect((await who.send('/sign-in/provider')).status).toBe(404);
    expect((await who.send('/sign-in/provider/return?code=x&state=y')).status).toBe(404);
    expect(await (await who.send('/sign-in')).text()).not.toContain('/sign-in/provider');
    await system.stop();
  });
});
