import { parseCivilDate, weekdayOf } from '#libs/domain/calendar/civil.js';
import { HttpCase } from '../support/http-case.js';
import { inDays } from '../support/days.js';
import { TestSystem } from '../support/system.js';
import { answered, page, sendForm } from '../support/what-if-answer.js';

const LOOKERS = ['coordinator', 'coordinator2', 'lead', 'isu', 'admin'];
const OTHERS = ['bravia', 'legalaid', 'president'];
const NOWHERE = '/what-if/00000000-0000-4000-8000-000000000000';

/** The next days on which the office is open: one of them moves every deadline of two working days. */
const weekdays = Array.from({ length: 7 }, (_, index) => inDays(index + 1)).filter(
  (date) => !['sat', 'sun'].includes(weekdayOf(parseCivilDate(date) ?? 0)),
);

describe('what would change, over HTTP', () => {
  let system: TestSystem;
  let reference = '';
  let job = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    ({ reference } = await HttpCase.after(system, 'acknowledge'));
    job = await answered(system, { calendar: 'geneva', add: weekdays.join(' '), question: 'from_now' });
  }, 180_000);
  afterAll(() => system.stop());

  const status = async (who: string, path: string) => (await system.call(who, 'GET', path)).status;

  it('lists the deadlines that the holidays move, with the case and both sides', async () => {
    const text = await page(system, 'coordinator', `/what-if/${job}`);
    for (const words of [reference, 'Bravia', 'Verify who asks', 'Due later', 'Cases looked at: 1'])
      expect(text).toContain(words);
    expect(text).toContain(`/what-if/${job}/changes.csv?show=all`);
  });

  it('gives the same changes as a spreadsheet', async () => {
    const [head, ...rows] = (await page(system, 'coordinator', `/what-if/${job}/changes.csv`)).trim().split('\r\n');
    expect(head).toContain('reference,state,clock,subject,cycle,state_before,due_before,state_after,due_after,changes');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.startsWith(`${reference},`) && row.endsWith(',deadline'))).toBe(true);
  });

  it('filters by deadlines and by verdicts', async () => {
    expect(await page(system, 'lead', `/what-if/${job}?show=deadlines`)).toContain(reference);
    const verdicts = await page(system, 'lead', `/what-if/${job}?show=verdicts`);
    expect(verdicts).not.toContain(reference);
    expect(verdicts).toContain('No change of this kind.');
  });

  it('is for those who may read the rules, and for nobody else', async () => {
    for (const path of ['/what-if', `/what-if/${job}`, `/what-if/${job}/changes.csv`]) {
      for (const who of LOOKERS) expect({ who, path, got: await status(who, path) }).toEqual({ who, path, got: 200 });
      for (const who of OTHERS) expect({ who, path, got: await status(who, path) }).toEqual({ who, path, got: 404 });
    }
    for (const who of OTHERS)
      for (const path of ['/what-if', '/what-if/zones', `/what-if/${job}/cancel`])
        expect({ who, path, got: (await sendForm(system, who, path, {})).status }).toEqual({ who, path, got: 404 });
    expect(await status('coordinator', NOWHERE)).toBe(404);
  });

  it('tells an administrator the reference and the clock, and no State', async () => {
    for (const path of [`/what-if/${job}`, `/what-if/${job}/changes.csv`]) {
      const text = await page(system, 'admin', path);
      expect(text).toContain(reference);
      for (const secret of ['Bravia', 'QMB', `/cases/${reference}`]) expect(text).not.toContain(secret);
    }
  });

  it.each([
    [{ add: '2027-02-30' }, 'Write each date to add like this'],
    [{ remove: '2027-02-03' }, 'must be a holiday of the calendar'],
    [{}, 'Name a date to add'],
    [{ calendar: 'atlantis', add: '2027-02-03' }, 'Error:'],
  ])('says at its field what is wrong with %j', async (fields, words) => {
    const { status: got, body } = await sendForm(system, 'coordinator', '/what-if', fields);
    expect(got).toBe(422);
    expect(body).toContain(words);
  });

  it('marks no field as wrong before anything was sent', async () => {
    expect(await page(system, 'coordinator', '/what-if')).not.toContain('govuk-form-group--error');
  });

  it('answers a stored draft, and says when it has mistakes', async () => {
    const add = async (body: unknown): Promise<string> => {
      const [{ id }] = await system.dataSource.query(
        `INSERT INTO rule_draft (id, kind, subject, title, based_on, body, revision, author_id, updated_at)
         SELECT gen_random_uuid(), 'policy', '', 'Faster calls', 1, $1, 1, id, now() FROM person LIMIT 1 RETURNING id`,
        [JSON.stringify(body)],
      );
      return id;
    };
    const { DELIVERED_CLOCKS } = await import('#libs/domain/case/delivered-policy.js');
    const faster = DELIVERED_CLOCKS.map((clock) =>
      clock.name === 'verify' ? { ...clock, target: { workingDays: 1, at: 'close' } } : clock,
    );
    const good = await add(faster);
    expect(await page(system, 'coordinator', `/what-if?draft=${good}`)).toMatch(
      /<option value="[^"]+" selected>Faster/,
    );
    const path = `/what-if/${await answered(system, { draft: good, question: 'always' })}`;
    const text = await page(system, 'coordinator', path);
    for (const words of ['Faster calls', 'Had it always been so', 'Due earlier', 'Another promise'])
      expect(text).toContain(words);
    expect(text).not.toContain('Go on with this draft');
    expect(await page(system, 'lead', path)).toContain(`href="/policies/drafts/${good}"`);
    const bad = await sendForm(system, 'coordinator', '/what-if', { draft: await add([]) });
    expect({ status: bad.status, says: String(bad.body).includes('The draft has mistakes') }).toEqual({
      status: 422,
      says: true,
    });
  });

  it('compares the zones of the system with those that the program runs on', async () => {
    const text = await page(system, 'coordinator', `/what-if/${await answered(system, {}, '/what-if/zones')}`);
    expect(text).toContain('Deadlines under other time zones');
    expect(text).toContain('Cases looked at');
  });
});

describe('the forecast, over HTTP', () => {
  let system: TestSystem;
  let reference = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    ({ reference } = await HttpCase.after(system, 'take'));
  }, 180_000);
  afterAll(() => system.stop());

  const items = async (who: string, hours = 40): Promise<{ reference: string; event: string; at: string }[]> =>
    (await system.call(who, 'GET', `/api/v1/forecast?hours=${hours}`)).body.items;

  it('tells programs what will be late, nearest first, in what is theirs to read', async () => {
    const all = await items('coordinator', 100);
    expect(all.map(({ event }) => event)).toContain('clock_breached');
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort());
    expect(new Set(all.map((item) => item.reference))).toEqual(new Set([reference]));
    expect((await items('bravia', 100)).length).toBe(all.length);
    for (const who of ['legalaid', 'aurelia', 'admin', 'president']) expect(await items(who, 100)).toEqual([]);
  });

  it('shows coordinators the same by day, and as a spreadsheet', async () => {
    const text = await page(system, 'coordinator', '/forecast?hours=100');
    for (const words of [reference, 'Bravia', 'Triage', 'Late']) expect(text).toContain(words);
    const rows = (await page(system, 'coordinator', '/forecast/forecast.csv?hours=100')).trim().split('\r\n');
    expect(rows).toHaveLength(1 + (await items('coordinator', 100)).length);
  });

  it('is a page for those who have queues', async () => {
    for (const who of ['coordinator', 'lead', 'isu', 'president'])
      expect((await system.call(who, 'GET', '/forecast')).status).toBe(200);
    for (const who of ['bravia', 'legalaid', 'admin'])
      expect((await system.call(who, 'GET', '/forecast')).status).toBe(403);
    expect((await system.call('', 'GET', '/api/v1/forecast')).status).toBe(401);
  });

  it.each(['0', '401', '1.5', 'soon', '-3'])('refuses %s hours and names the field', async (hours) => {
    const { status, body } = await system.call('coordinator', 'GET', `/api/v1/forecast?hours=${hours}`);
    expect({ status, field: body.errors[0].field }).toEqual({ status: 422, field: 'hours' });
  });
});
