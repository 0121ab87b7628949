import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { newCheckedCode } from '#libs/secrets/codes.js';
import { CookieVisitor } from '../support/cookie-visitor.js';
import { inDays } from '../support/days.js';
import { HttpCase } from '../support/http-case.js';
import { answerTokens, mailedAnswer } from '../support/mailed-answer.js';
import type { MailedAnswer } from '../support/mailed-answer.js';
import { TestSystem } from '../support/system.js';

const DAY_PARTS = ['year', 'month', 'day'];
const FIELDS: Record<string, Record<string, string>> = {
  interested: {},
  decline: { why: 'capacity' },
  time: Object.fromEntries(
    inDays(7)
      .split('-')
      .map((part, index) => [`until-${DAY_PARTS[index]}`, part]),
  ),
  question: { question: 'Is there a draft?' },
  pass_on: { colleague: 'colleague@helvia.example' },
};
const OUTCOME: Record<string, string> = {
  interested: 'interest_expressed',
  decline: 'invitation_declined',
  time: 'time_asked',
  question: 'question_asked',
  pass_on: 'invitation_passed_on',
};

describe('answering a mail by its link', () => {
  let system: TestSystem;
  let one: HttpCase;
  let mail: MailedAnswer;
  beforeAll(async () => {
    system = await TestSystem.start();
    const { manager } = system.dataSource;
    const helvia = await manager.findOneByOrFail(Person, { email: 'helvia@demo.action48.test' });
    const { id: _, ...like } = helvia;
    await manager.insert(Person, { ...like, id: crypto.randomUUID(), email: 'colleague@helvia.example' });
  }, 180_000);
  beforeEach(async () => {
    await system.dataSource.query('DELETE FROM rate_limit');
    one = await HttpCase.after(system, 'circulate');
    mail = await mailedAnswer(system, one.reference, 'helvia');
  });
  afterAll(() => system?.stop());

  const visit = (path: string, init: RequestInit = {}) => fetch(system.url + path, { redirect: 'manual', ...init });
  const send = (fields: Record<string, string>, path = mail.path) =>
    visit(path, { method: 'POST', body: new URLSearchParams(fields) });
  const answer = (kind: string, changes: Record<string, string> = {}, of = mail) =>
    send({ answer: kind, ...FIELDS[kind], code: of.code ?? '', ...changes }, of.path);
  const events = async () => {
    const { body } = await one.get('coordinator', '/timeline');
    return (body.items ?? body) as { type: string; actor: { name: string } | null; facts: Record<string, unknown> }[];
  };
  const types = async () => (await events()).map(({ type }) => type);
  const main = async (response: Response) => /<main[^]*<\/main>/.exec(await response.text())?.[0] ?? '';
  /** Everything that the deployment remembers, but how often somebody came. */
  const remembered = async () => {
    const tables = ['answer_token', 'case_event', 'command', 'mail', 'access_log', 'session', 'assistance_case'];
    return Promise.all(tables.map((table) => system.dataSource.query(`SELECT * FROM ${table} ORDER BY 1, 2`)));
  };

  it('says in the mail that the code is its reader’s alone, and puts it neither into the subject nor into the address', () => {
    expect(mail.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(mail.path).toMatch(/^\/answer\/[\w-]{43}$/);
    expect(mail.text).toContain('à vous seul');
    for (const place of [mail.subject, mail.path]) expect(place).not.toContain(mail.code);
  });

  it('keeps neither the link nor the code', async () => {
    const kept = JSON.stringify(await remembered());
    const secrets = [mail.code, mail.code?.replace('-', ''), mail.path.split('/').at(-1)];
    expect(secrets.filter((secret) => kept.includes(secret ?? ''))).toEqual([]);
  });

  it('shows what is asked and by when, in both zones and in the reader’s language, and nothing of the case', async () => {
    const zealand = await mailedAnswer(system, one.reference, 'helvia');
    const response = await visit(zealand.path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('<html lang="fr"');
    for (const said of [one.reference, 'Pouvez-vous aider', 'Genève']) expect(html).toContain(said);
    for (const secret of ['Bravia', 'Help with a bill']) expect(html).not.toContain(secret);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each(Object.keys(FIELDS))(
    'records “%s” by one form, as the step of the person who was written to',
    async (kind) => {
      const response = await answer(kind);
      expect(response.status).toBe(200);
      expect(await main(response)).toContain('govuk-panel');
      const last = (await events()).findLast(({ actor }) => actor !== null);
      expect(last).toMatchObject({
        type: OUTCOME[kind],
        actor: { name: 'Demo Helvia Mission' },
        facts: { by: 'mail_link' },
      });
    },
  );

  it('takes the code however it was typed', async () => {
    expect((await answer('interested', { code: ` ${mail.code?.toLowerCase().replace('-', ' ')} ` })).status).toBe(200);
  });

  it('records the same answer once, and shows the recorded one to whoever then sends another', async () => {
    await answer('decline');
    const before = await types();
    const again = await answer('decline');
    expect([again.status, await main(again)]).toEqual([200, expect.not.stringContaining('enregistrée en premier')]);
    const other = await answer('interested');
    expect(other.status).toBe(200);
    const html = await main(other);
    for (const said of ['Pas cette fois', 'enregistrée en premier']) expect(html).toContain(said);
    expect(await types()).toEqual(before);
  });

  it('records one of two answers that are sent at once', async () => {
    const both = await Promise.all([answer('interested'), answer('decline')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const said = (await types()).filter((type) => ['interest_expressed', 'invitation_declined'].includes(type));
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
    const response = await send({ question: 'Kept?', code: mail.code ?? '', ...changes });
    expect([409, 422]).toContain(response.status);
    const html = await main(response);
    expect(html).toContain('govuk-error-summary');
    expect(html).toContain(said);
    expect(html).toContain(mail.code);
    if (changes['question'] === undefined) expect(html).toContain('Kept?');
    expect((await answer('interested')).status).toBe(200);
  });

  it('needs no code of whoever is signed in as the person who was written to, and one of everybody else', async () => {
    const signedIn = async (who: string) => {
      const visitor = new CookieVisitor(system.url);
      await visitor.send('/sign-in', { email: `${who}@demo.action48.test`, password: 'action48-demo' });
      const html = await (await visitor.send(mail.path)).text();
      return { visitor, html, csrf: /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '' };
    };
    const other = await signedIn('legalaid');
    expect(other.html).toContain('name="code"');
    expect((await other.visitor.send(mail.path, { answer: 'interested', _csrf: other.csrf })).status).toBe(422);
    const them = await signedIn('helvia');
    expect(them.html).not.toContain('name="code"');
    expect((await them.visitor.send(mail.path, { answer: 'interested' })).status).toBe(403);
    expect((await them.visitor.send(mail.path, { answer: 'interested', _csrf: them.csrf })).status).toBe(200);
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
      for (const init of looks) expect((await visit(mail.path, init)).status).toBe(200);
      const html = await (await visit(mail.path)).text();
      for (const [, href = ''] of html.matchAll(/href="(\/[^"]*)"/g)) await visit(href.replaceAll('&amp;', '&'));
      const buttons = [...html.matchAll(/<button [^>]*value="(\w+)" name="answer"/g)].map(([, value]) => value);
      expect(buttons.sort()).toEqual(Object.keys(FIELDS).sort());
      for (const code of GUESSES)
        for (const kind of ['', ...Object.keys(FIELDS)]) {
          const { status } = await answer(kind, { code });
          expect(status).toBe(422);
        }
      expect(JSON.stringify(await remembered()) === before).toBe(true);
      expect((await answer('interested')).status).toBe(200);
    });

    it('that makes codes of the right form counts each once, and what it has locked is said to its reader', async () => {
      const wrong = newCheckedCode(8);
      for (const kind of Object.keys(FIELDS)) expect((await answer(kind, { code: wrong })).status).toBe(422);
      expect((await answerTokens(system, one.reference))[0]?.wrongCodes).toHaveLength(1);
      for (let tries = 0; tries < 3; tries += 1)
        expect((await answer('decline', { code: newCheckedCode(8) })).status).toBe(422);
      const last = await answer('decline', { code: newCheckedCode(8) });
      expect([last.status, await main(last)]).toEqual([410, expect.stringContaining('Trop de codes')]);
      const theirs = await answer('interested');
      expect([theirs.status, await main(theirs)]).toEqual([410, expect.stringContaining('connectez-vous')]);
      expect(await types()).not.toContain('interest_expressed');
    });
  });

  describe('a link that is good for nothing any more', () => {
    const over = async (path = mail.path) => {
      const [looked, sent] = [await visit(path), await answer('interested', {}, { ...mail, path })];
      return [looked.status, sent.status];
    };

    it('says the same words whether it ever was one, and leads to the sign-in', async () => {
      await system.dataSource.query(`UPDATE answer_token SET expires_at = now() - interval '1 day'`);
      const words = async (path: string) => main(await visit(path, { headers: { 'accept-language': 'fr' } }));
      const never = `/answer/${'x'.repeat(43)}`;
      expect(await over(never)).toEqual([404, 404]);
      expect(await over()).toEqual([410, 410]);
      expect(await words(mail.path)).toBe(await words(never));
      expect(await words(never)).toContain('href="/sign-in"');
      for (const strange of ['/answer/%00', '/answer/%F0%9F%92%A9', `/answer/${'x'.repeat(5000)}`])
        expect((await visit(strange)).status).toBe(404);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['the responder has answered elsewhere', () => one.does('helvia', 'decline-invitation')],
      ['it has asked a question', () => one.does('helvia', 'ask-question')],
      ['it has made an offer', () => one.does('helvia', 'make-offer')],
      ['the State has excluded it', () => one.does('bravia', 'exclude-party', { party: 'QMX' })],
      ['the State has withdrawn', () => one.does('bravia', 'withdraw')],
      ['a colleague was named', () => one.does('helvia', 'pass-on', { email: 'colleague@helvia.example' })],
    ])('is so once %s', async (_, happens) => {
      await happens();
      expect(await over()).toEqual([410, 410]);
    });

    it('is so once the account is disabled', async () => {
      const { id } = await system.dataSource.manager.findOneByOrFail(Person, { email: 'legalaid@demo.action48.test' });
      const theirs = await mailedAnswer(system, one.reference, 'legalaid');
      await system.call('admin', 'POST', `/api/v1/people/${id}/disable`, { reason: 'Left the organisation.' });
      expect((await visit(theirs.path)).status).toBe(410);
      expect((await answer('interested', {}, theirs)).status).toBe(410);
      await system.call('admin', 'POST', `/api/v1/people/${id}/enable`, { reason: 'Came back.' });
      expect((await visit(theirs.path)).status).toBe(410);
    });

    it('is so once the mail has been sent again, with a link of its own', async () => {
      const again = await mailedAnswer(system, one.reference, 'helvia');
      expect(again.path).not.toBe(mail.path);
      expect(again.code).not.toBe(mail.code);
      expect((await answer('interested')).status).toBe(410);
      expect((await answer('interested', {}, again)).status).toBe(200);
    });

    it('is none while another responder answers', async () => {
      await one.does('legalaid', 'express-interest');
      expect((await answer('decline')).status).toBe(200);
    });
  });

  it('is not offered by a mail whose reason has ended by the time it is sent', async () => {
    await one.does('helvia', 'express-interest');
    const late = await mailedAnswer(system, one.reference, 'helvia');
    expect([late.path, late.code]).toEqual([`/cases/${one.reference}`, null]);
  });

  it('is limited by place', async () => {
    await system.dataSource.query('DELETE FROM rate_limit');
    const statuses = new Set<number>();
    for (let tries = 0; tries < 61 * 12; tries += 1) statuses.add((await send({}, '/answer/none')).status);
    expect([...statuses]).toEqual([404, 429]);
  });

  it('goes on with the colleague to whom the request was passed on, and with nobody else', async () => {
    await answer('pass_on');
    const { manager } = system.dataSource;
    const [{ id }] = await manager.query('SELECT id FROM assistance_case WHERE reference = $1', [one.reference]);
    const told = await manager.query(`SELECT recipient, kind FROM mail WHERE case_id = $1 AND kind = 'passed_on'`, [
      id,
    ]);
    expect(told).toEqual([{ recipient: 'colleague@helvia.example', kind: 'passed_on' }]);
    expect(await manager.findBy(CaseEvent, { caseId: id, type: 'invitation_passed_on' })).toHaveLength(1);
  });
});
