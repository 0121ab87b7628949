import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { endAccess } from '#libs/identity/end-access.js';
import { HttpCase } from '../support/http-case.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(120_000);

interface Entry {
  uid: string;
  summary: string;
  description: string;
  status: string;
  sequence: number;
  at: string;
  url: string;
}

const text = (event: ICAL.Component, name: string): string => String(event.getFirstPropertyValue(name));

/** As a calendar program reads it. */
const read = (file: string): Entry[] =>
  new ICAL.Component(ICAL.parse(file) as never).getAllSubcomponents('vevent').map((event) => ({
    uid: text(event, 'uid'),
    summary: text(event, 'summary'),
    description: text(event, 'description'),
    status: text(event, 'status'),
    sequence: Number(text(event, 'sequence')),
    at: (event.getFirstPropertyValue('dtstart') as ICAL.Time).toJSDate().toISOString(),
    url: text(event, 'url'),
  }));

describe('the calendar of somebody’s own deadlines', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'take');
  });
  afterAll(() => system.stop());

  /** The path of a new address, as its page shows it. */
  const address = async (who: string): Promise<string> => {
    const { status, body } = await system.call(who, 'POST', '/account/calendar', undefined, { origin: system.url });
    expect(status).toBe(201);
    return /\/calendar-feed\/[\w-]{43}\.ics/.exec(String(body))?.[0] ?? '';
  };
  const fetched = async (path: string) => system.call('', 'GET', path);
  const entries = async (path: string, reference?: string): Promise<Entry[]> => {
    const { status, body } = await fetched(path);
    expect(status).toBe(200);
    return read(String(body)).filter(({ summary }) => !reference || summary.startsWith(reference));
  };
  const personOf = (who: string) =>
    system.dataSource.manager.findOneByOrFail(Person, { email: `${who}@demo.action48.test` });

  it('says the reference, what is due and when, to whoever owns the case', async () => {
    const { body: seen } = await system.call('coordinator', 'GET', `/api/v1/cases/${one.reference}`);
    const due = seen.clocks.filter(
      (clock: { dueAt: string | null; stoppedAt: string | null }) => clock.dueAt && !clock.stoppedAt,
    );
    expect(due.length).toBeGreaterThan(0);
    const running = (await entries(await address('coordinator'), one.reference)).filter(
      ({ status }) => status === 'CONFIRMED',
    );
    expect(running.map(({ summary, at }) => [summary, at]).sort()).toEqual(
      due.map((clock: { title: string; dueAt: string }) => [`${one.reference}: ${clock.title}`, clock.dueAt]).sort(),
    );
    for (const { description, url } of running) {
      expect(description).toMatch(/^Due: .* Geneva \(CES?T\)/);
      expect(description).toContain('State: ');
      expect(url).toMatch(new RegExp(`/cases/${one.reference}$`));
    }
  });

  it('is a file that calendars take: folded, in UTF-8, with how often to look again, and the same until something changes', async () => {
    const path = await address('coordinator');
    const { headers, body } = await fetched(path);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(String(body)).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
    expect(String(body).endsWith('END:VCALENDAR\r\n')).toBe(true);
    for (const line of String(body).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const etag = headers.get('etag') ?? '';
    // `fetch` itself would ask caches not to answer.
    const unchanged = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    const again = await system.call('', 'GET', path, undefined, unchanged);
    expect([again.status, again.body]).toEqual([304, '']);
    await one.does('coordinator', 'add-note', { text: 'Something happens.' });
    expect((await system.call('', 'GET', path, undefined, unchanged)).status).toBe(200);
  });

  it('holds nothing that anybody wrote into the case', async () => {
    const secret = 'CANARY-51c2';
    const form = requestForm({ needDescription: `${secret} `.repeat(40), expectedResult: `${secret} `.repeat(10) });
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', form);
    const path = await address('bravia');
    expect((await entries(path, body.reference)).length).toBeGreaterThan(0);
    expect(String((await fetched(path)).body)).not.toContain(secret);
  });

  it('marks as cancelled what is over, under the same name and with a higher number', async () => {
    const two = await HttpCase.after(system, 'take');
    const path = await address('coordinator');
    const before = (await entries(path, two.reference)).filter(({ status }) => status === 'CONFIRMED');
    await two.does('coordinator', 'triage', {
      ...{ scope: 'law', priority: 'P2', needTypes: ['drafting'], summary: 'A summary. '.repeat(10) },
    });
    const after = await entries(path, two.reference);
    const over = before.map(({ uid }) => after.find((entry) => entry.uid === uid));
    expect(over.map((entry) => entry?.status)).toContain('CANCELLED');
    for (const [index, entry] of over.entries())
      expect(entry?.sequence).toBeGreaterThan(before[index]?.sequence ?? Infinity);
  });

  it('shows each only their own: a colleague who does not own it, another State, a responder nothing of it', async () => {
    for (const who of ['coordinator2', 'lead', 'aurelia', 'coalition', 'admin', 'president'])
      expect({ who, entries: await entries(await address(who), one.reference) }).toEqual({ who, entries: [] });
    expect((await entries(await address('bravia'), one.reference)).length).toBeGreaterThan(0);
  });

  it('shows a responder its own clock alone, without the name of the State', async () => {
    const circulated = await HttpCase.after(system, 'circulate');
    const mine = await entries(await address('legalaid'), circulated.reference);
    expect(mine.map(({ summary }) => summary)).toEqual([`${circulated.reference}: Answer of the responder`]);
    expect(mine[0]?.description).not.toMatch(/Bravia|State/);
  });

  it('speaks its reader’s language', async () => {
    const form = requestForm({ requestingState: 'QMD', language: 'ar' });
    const { body } = await system.call('dunya', 'POST', '/api/v1/requests', form);
    const [first] = await entries(await address('dunya'), body.reference);
    expect(first?.summary.replace(body.reference, '')).toMatch(/^: [\u0600-\u06FF ]+$/);
    expect(first?.description).toContain('جنيف');
    expect(first?.description).toContain('Baghdad');
  });

  it('is kept as a hash, shown once, and worth nothing once it is revoked or another is made', async () => {
    const first = await address('coordinator2');
    const token = /feed\/(.+)\.ics/.exec(first)?.[1] ?? '';
    const { rows } = {
      rows: await system.dataSource.query<{ token_hash: string }[]>('SELECT token_hash FROM calendar_feed'),
    };
    expect(rows.map(({ token_hash }) => token_hash)).toContain(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(rows)).not.toContain(token);
    const page = async () => String((await system.call('coordinator2', 'GET', '/account/calendar')).body);
    expect(await page()).not.toContain(token);
    expect(await page()).toContain('never');
    await entries(first);
    expect(await page()).not.toContain('<dd>never</dd>');
    const second = await address('coordinator2');
    expect((await fetched(first)).status).toBe(404);
    expect((await fetched(second)).status).toBe(200);
    await system.call('coordinator2', 'POST', '/account/calendar/revoke', undefined, { origin: system.url });
    expect((await fetched(second)).status).toBe(404);
  });

  it('asks for its reader’s roles each time, and dies with the account', async () => {
    const path = await address('isu');
    const { id, roles } = await personOf('isu');
    const three = await HttpCase.after(system, 'take');
    await system.dataSource.query('UPDATE assistance_case SET owner_id = $1 WHERE reference = $2', [
      id,
      three.reference,
    ]);
    expect((await entries(path, three.reference)).length).toBeGreaterThan(0);
    await system.dataSource.manager.update(Person, { id }, { roles: ['admin'] });
    expect(await entries(path, three.reference)).toEqual([]);
    await system.dataSource.manager.update(Person, { id }, { roles, active: false });
    expect((await fetched(path)).status).toBe(404);
    await system.dataSource.manager.update(Person, { id }, { active: true });
    await endAccess(system.dataSource.manager, id);
    expect((await fetched(path)).status).toBe(404);
  });

  it.each(['x.ics', `${'a'.repeat(43)}.ics`, `${'a'.repeat(43)}`, '%00.ics', `${'a'.repeat(42)}/.ics`])(
    'answers 404 to what is no address of anybody: %s',
    async (file) => expect((await fetched(`/calendar-feed/${file}`)).status).toBe(404),
  );

  it('is not to be guessed', async () => {
    let last = 0;
    for (let guess = 0; guess < 70 && last !== 429; guess += 1)
      last = (await fetched(`/calendar-feed/${String(guess).padStart(43, 'a')}.ics`)).status;
    expect(last).toBe(429);
    // Whoever has an address is not kept from it.
    expect((await fetched(await address('coordinator'))).status).toBe(200);
  });
});
