import { newCheckedCode } from '#libs/secrets/codes.js';
import { Answering, ANSWERS, main } from '../support/answering.js';
import { CookieVisitor } from '../support/cookie-visitor.js';
import { answerTokens } from '../support/mailed-answer.js';

const OUTCOME: Record<string, string> = {
  interested: 'interest_expressed',
  decline: 'invitation_declined',
  time: 'time_asked',
  question: 'question_asked',
  pass_on: 'invitation_passed_on',
};

describe('answering a mail by its link', () => {
  let answering: Answering;
  beforeAll(async () => {
    answering = await Answering.start();
  }, 180_000);
  beforeEach(() => answering.again());
  afterAll(() => answering?.system.stop());

  /** Everything that the deployment remembers, but how often somebody came. */
  const remembered = async () => {
    const tables = ['answer_token', 'case_event', 'command', 'mail', 'access_log', 'session', 'assistance_case'];
    return Promise.all(
      tables.map((table) => answering.system.dataSource.query(`SELECT * FROM ${table} ORDER BY 1, 2`)),
    );
  };

  it('says in the mail that the code is its reader’s alone, and puts it neither into the subject nor into the address', () => {
    expect(answering.mail.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(answering.mail.path).toMatch(/^\/answer\/[\w-]{43}$/);
    expect(answering.mail.text).toContain('à vous seul');
    for (const place of [answering.mail.subject, answering.mail.path]) expect(place).not.toContain(answering.mail.code);
  });

  it('keeps neither the link nor the code', async () => {
    const kept = JSON.stringify(await remembered());
    const secrets = [answering.mail.code, answering.mail.code?.replace('-', ''), answering.mail.path.split('/').at(-1)];
    expect(secrets.filter((secret) => kept.includes(secret ?? ''))).toEqual([]);
  });

  it('shows what is asked and by when, in both zones and in the reader’s language, and nothing of the case', async () => {
    const move = (zone: string) =>
      answering.system.dataSource.query(`UPDATE person SET timezone = $1 WHERE email = 'helvia@demo.action48.test'`, [
        zone,
      ]);
    await move('Africa/Lusaka');
    const response = await answering.visit(answering.mail.path);
    const html = await response.text();
    await move('Europe/Zurich');
    expect(response.status).toBe(200);
    expect(html).toContain('<html lang="fr"');
    for (const said of [answering.one.reference, 'Pouvez-vous aider', 'Genève', 'Lusaka']) expect(html).toContain(said);
    for (const secret of ['Bravia', 'Help with a bill']) expect(html).not.toContain(secret);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each(Object.keys(ANSWERS))(
    'records “%s” by one form, as the step of the person who was written to',
    async (kind) => {
      const response = await answering.answer(kind);
      expect(response.status).toBe(200);
      expect(await main(response)).toContain('govuk-panel');
      const last = (await answering.timeline()).findLast(({ actor }) => actor !== null);
      expect(last).toMatchObject({
        type: OUTCOME[kind],
        actor: { name: 'Demo Helvia Mission' },
        facts: { by: 'mail_link' },
      });
    },
  );

  it('takes the code however it was typed', async () => {
    expect(
      (await answering.answer('interested', { code: ` ${answering.mail.code?.toLowerCase().replace('-', ' ')} ` }))
        .status,
    ).toBe(200);
  });

  it('records the same answer once, and shows the recorded one to whoever then sends another', async () => {
    await answering.answer('decline');
    const before = await answering.types();
    const again = await answering.answer('decline');
    expect([again.status, await main(again)]).toEqual([200, expect.not.stringContaining('enregistrée en premier')]);
    const other = await answering.answer('interested');
    expect(other.status).toBe(200);
    const html = await main(other);
    for (const said of ['Pas cette fois', 'enregistrée en premier']) expect(html).toContain(said);
    expect(await answering.types()).toEqual(before);
  });

  it('records one of two answers that are sent at once', async () => {
    const both = await Promise.all([answering.answer('interested'), answering.answer('decline')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const said = (await answering.types()).filter((type) =>
      ['interest_expressed', 'invitation_declined'].includes(type),
    );
    expect(said).toHaveLength(1);
  });

  it.each([
    ['no answer', { answer: '' }, 'Choisissez une réponse'],
    ['no reason', { answer: 'decline', why: '' }, 'Motif'],
    ['no date', { answer: 'time', 'until-day': '', 'until-month': '', 'until-year': '' }, 'Nous répondons'],
    ['a date that is past', { answer: 'time', 'until-year': '2001', 'until-month': '2', 'until-day': '3' }, '60'],
    ['no question', { answer: 'question', question: '' }, 'Question'],
    ['a stranger', { answer: 'pass_on', colleague: 'legalaid@demo.action48.test' }, 'Personne de votre organisation'],
    ['nobody', { answer: 'pass_on', colleague: 'nobody@nowhere.example' }, 'Personne de votre organisation'],
  ])('says what is wrong with %s and keeps what was filled in', async (_, changes: Record<string, string>, said) => {
    const response = await answering.send({ question: 'Kept?', code: answering.mail.code ?? '', ...changes });
    expect([409, 422]).toContain(response.status);
    const html = await main(response);
    expect(html).toContain('govuk-error-summary');
    expect(html).toContain(said);
    expect(html).toContain(answering.mail.code);
    if (changes['question'] === undefined) expect(html).toContain('Kept?');
    expect((await answering.answer('interested')).status).toBe(200);
  });

  it('needs no code of whoever is signed in as the person who was written to, and one of everybody else', async () => {
    const signedIn = async (who: string) => {
      const visitor = new CookieVisitor(answering.system.url);
      await visitor.send('/sign-in', { email: `${who}@demo.action48.test`, password: 'action48-demo' });
      const html = await (await visitor.send(answering.mail.path)).text();
      return { visitor, html, csrf: /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '' };
    };
    const other = await signedIn('legalaid');
    expect(other.html).toContain('name="code"');
    expect((await other.visitor.send(answering.mail.path, { answer: 'interested', _csrf: other.csrf })).status).toBe(
      422,
    );
    const them = await signedIn('helvia');
    expect(them.html).not.toContain('name="code"');
    expect((await them.visitor.send(answering.mail.path, { answer: 'interested' })).status).toBe(403);
    expect((await them.visitor.send(answering.mail.path, { answer: 'interested', _csrf: them.csrf })).status).toBe(200);
  });

  describe('a scanner', () => {
    const GUESSES = ['', '123456', 'code', 'password', '0000-0000', 'XXXX-XXXX', 'test', 'AAAAAAAA'];

    it('changes nothing by looking, by following what the page leads to, or by sending its form with any button', async () => {
      const before = JSON.stringify(await remembered());
      const looks: RequestInit[] = [
        {},
        { method: 'HEAD' },
        { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch' } },
        { headers: { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks)' } },
      ];
      for (const init of looks) expect((await answering.visit(answering.mail.path, init)).status).toBe(200);
      const html = await (await answering.visit(answering.mail.path)).text();
      for (const [, href = ''] of html.matchAll(/href="(\/[^"]*)"/g))
        await answering.visit(href.replaceAll('&amp;', '&'));
      const buttons = [...html.matchAll(/<button [^>]*value="(\w+)" name="answer"/g)].map(([, value]) => value);
      expect(buttons.sort()).toEqual(Object.keys(ANSWERS).sort());
      for (const code of GUESSES)
        for (const kind of ['', ...Object.keys(ANSWERS)]) {
          const { status } = await answering.answer(kind, { code });
          expect(status).toBe(422);
        }
      expect(JSON.stringify(await remembered()) === before).toBe(true);
      expect((await answering.answer('interested')).status).toBe(200);
    });

    it('that makes codes of the right form counts each once, and what it has locked is said to its reader', async () => {
      const wrong = newCheckedCode(8);
      for (const kind of Object.keys(ANSWERS)) expect((await answering.answer(kind, { code: wrong })).status).toBe(422);
      expect((await answerTokens(answering.system, answering.one.reference))[0]?.wrongCodes).toHaveLength(1);
      for (let tries = 0; tries < 3; tries += 1)
        expect((await answering.answer('decline', { code: newCheckedCode(8) })).status).toBe(422);
      const last = await answering.answer('decline', { code: newCheckedCode(8) });
      expect([last.status, await main(last)]).toEqual([410, expect.stringContaining('Trop de codes')]);
      const theirs = await answering.answer('interested');
      expect([theirs.status, await main(theirs)]).toEqual([410, expect.stringContaining('connectez-vous')]);
      expect(await answering.types()).not.toContain('interest_expressed');
    });
  });

  it('is limited by place', async () => {
    await answering.system.dataSource.query('DELETE FROM rate_limit');
    const statuses = new Set<number>();
    for (let tries = 0; tries < 61 * 12; tries += 1) statuses.add((await answering.send({}, '/answer/none')).status);
    expect([...statuses]).toEqual([404, 429]);
  });
});
