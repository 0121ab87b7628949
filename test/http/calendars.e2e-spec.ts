import { openApiDocument } from '../../apps/api/src/openapi/document.js';
import { inDays } from '../support/days.js';
import { misfits } from '../support/matches-schema.js';
import { TestSystem } from '../support/system.js';

const READERS = ['coordinator', 'lead', 'isu', 'admin'];
const STRANGERS = ['bravia', 'legalaid', 'president'];
const WEEK = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]));
const CONTENT = {
  ...{ timezone: 'Europe/Zurich', weeklyHours: WEEK, holidays: [inDays(400)], annualHolidays: ['12-25'] },
  specialHours: {},
};
const version = (calendar: object = {}, rest: object = {}) => ({
  ...{ basedOn: 1, title: 'UN Geneva', reason: 'The list of the Director-General.' },
  calendar: { ...CONTENT, ...calendar },
  ...rest,
});

describe('calendars over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
  }, 120_000);
  afterAll(() => system.stop());
  const publish = (who: string, body: unknown, id = 'un-geneva') =>
    system.call(who, 'POST', `/api/v1/calendars/${id}/versions`, body);
  const inForce = async (id = 'un-geneva') => (await system.call('lead', 'GET', `/api/v1/calendars/${id}`)).body;

  it('are there for coordinators, the ISU and administrators, and for nobody else', async () => {
    for (const path of [
      '/api/v1/calendars',
      '/api/v1/calendars/geneva',
      '/calendars',
      '/calendars/geneva',
      '/calendars/geneva/calendar.ics',
    ]) {
      for (const who of READERS)
        expect({ path, who, status: (await system.call(who, 'GET', path)).status }).toEqual({ path, who, status: 200 });
      for (const who of STRANGERS)
        expect({ path, who, status: (await system.call(who, 'GET', path)).status }).toEqual({ path, who, status: 404 });
    }
    expect((await system.call('', 'GET', '/api/v1/calendars')).status).toBe(401);
    expect((await system.call('lead', 'GET', '/api/v1/calendars/nowhere')).status).toBe(404);
  });

  it('are changed by the lead and administrators only', async () => {
    for (const who of ['coordinator', 'isu']) expect((await publish(who, version())).status).toBe(403);
    for (const who of STRANGERS) expect((await publish(who, version())).status).toBe(404);
    expect((await system.call('coordinator', 'GET', '/calendars/new')).status).toBe(403);
    expect((await inForce()).versions).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['an unknown zone', { timezone: 'Europe/Genf' }, 'calendar.timezone'],
    [
      'windows that overlap',
      {
        weeklyHours: {
          mon: [
            ['09:00', '13:00'],
            ['12:00', '17:00'],
          ],
        },
      },
      'calendar.weeklyHours.mon',
    ],
    ['no open time', { weeklyHours: {} }, 'calendar.weeklyHours'],
    ['a day that there is not', { holidays: ['2027-02-30'] }, 'calendar.holidays.0'],
    ['a weekday that there is not', { weeklyHours: { monday: [['09:00', '17:00']] } }, 'calendar.weeklyHours.monday'],
    ['hours that are no pairs', { weeklyHours: { mon: ['09:00-17:00'] } }, 'calendar.weeklyHours.mon'],
    [
      'a closure that ends before it begins',
      { closures: [['2027-02-01T00:00', '2027-01-01T00:00']] },
      'calendar.closures.0',
    ],
    ['an end without a start', { closures: [['', '2027-01-01T00:00']] }, 'calendar.closures.0'],
    ['a list where a record belongs', { specialHours: [], weeklyHours: [] }, 'calendar.weeklyHours'],
  ])('refuse %s with the field, and the version in force stays', async (_, calendar, field) => {
    const { status, body } = await publish('lead', version(calendar));
    expect(status).toBe(422);
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(await inForce()).toMatchObject({ version: 1 });
  });

  it('refuse a version without a reason, and one made from another than the last', async () => {
    expect((await publish('lead', version({}, { reason: ' ' }))).body.errors).toEqual([
      { field: 'reason', message: 'must say why' },
    ]);
    const stale = await publish('lead', version({}, { basedOn: 0 }));
    expect([stale.status, stale.body.type, stale.body.last]).toEqual([409, '/problems/conflict', 1]);
  });

  it('refuse names that are addresses of pages', async () => {
    for (const id of ['new', 'drafts'])
      expect((await publish('lead', version({}, { basedOn: 0 }), id)).status).toBe(422);
  });

  it('are published as a new version with author and reason, and answer as the contract says', async () => {
    expect(await publish('admin', version({ names: { '12-25': 'Christmas Day' } }))).toMatchObject({
      status: 201,
      body: { id: 'un-geneva', version: 2 },
    });
    const calendar = await inForce();
    expect(calendar).toMatchObject({
      version: 2,
      versions: [
        { version: 1, author: null },
        { version: 2, author: 'Demo Administrator', reason: 'The list of the Director-General.' },
      ],
    });
    const document = openApiDocument(system.app, system.url);
    const { CalendarHistory, CalendarHead } = document.components?.schemas ?? {};
    expect(misfits(calendar, CalendarHistory as never, document as never)).toEqual([]);
    const { body } = await system.call('isu', 'GET', '/api/v1/calendars');
    for (const head of body.items) expect(misfits(head, CalendarHead as never, document as never)).toEqual([]);
  });

  it('are taken away as JSON and as iCalendar', async () => {
    const { body, headers } = await system.call('coordinator', 'GET', '/calendars/un-geneva/calendar.json');
    expect(body).toMatchObject({ id: 'un-geneva', version: 2, holidays: CONTENT.holidays });
    expect(headers.get('content-disposition')).toContain('un-geneva.json');
    const ics = await system.call('coordinator', 'GET', '/calendars/un-geneva/calendar.ics');
    expect(ics.headers.get('content-type')).toContain('text/calendar');
    expect(ics.body).toContain('SUMMARY:Christmas Day');
  });

  describe('a file sent to a draft', () => {
    const BOUNDARY = 'a-boundary';
    let cookie = '';
    let csrf = '';
    let draft = '';
    const send = (path: string, body: string, type = `multipart/form-data; boundary=${BOUNDARY}`) =>
      fetch(system.url + path, { method: 'POST', redirect: 'manual', headers: { cookie, 'content-type': type }, body });
    const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
    const parts = (fields: Record<string, string>) =>
      `${Object.entries(fields)
        .map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join('')}--${BOUNDARY}--\r\n`;
    beforeAll(async () => {
      const plain = 'application/x-www-form-urlencoded';
      const credentials = { email: 'lead@demo.action48.test', password: 'action48-demo' };
      cookie = (await send('/sign-in', form(credentials), plain)).headers.get('set-cookie')?.split(';')[0] ?? '';
      const page = await (await fetch(`${system.url}/calendars/geneva`, { headers: { cookie } })).text();
      csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
      draft = (await send('/calendars/geneva/edit', form({ _csrf: csrf }), plain)).headers.get('location') ?? '';
    });

    it('is read with the token of the session, and refused without', async () => {
      const ics =
        'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20280310\r\nSUMMARY:Eid <b>\r\nEND:VEVENT\r\nEND:VCALENDAR';
      const years = { from: '2028', to: '2028' };
      const good = await send(`${draft}/import`, parts({ _csrf: csrf, ics, ...years }));
      expect([good.status, (await good.text()).includes('2028-03-10 Eid &lt;b&gt;')]).toEqual([200, true]);
      expect((await send(`${draft}/import`, parts({ ics, ...years }))).status).toBe(403);
    });

    it('is refused when it is larger than 1 MB, or no form, or sent elsewhere', async () => {
      const large = parts({ _csrf: csrf, ics: 'x'.repeat(1_100_000) });
      expect((await send(`${draft}/import`, large)).status).toBe(413);
      expect((await send(`${draft}/import`, 'not a form')).status).toBe(400);
      expect((await send('/calendars/new', parts({ _csrf: csrf }))).status).toBe(415);
    });

    it('leaves the draft as it was when the days were made from an older revision', async () => {
      const add = (revision: string) =>
        send(
          `${draft}/days`,
          form({ _csrf: csrf, revision, day: '2028-03-10 Eid' }),
          'application/x-www-form-urlencoded',
        );
      expect((await add('1')).status).toBe(303);
      expect((await add('1')).status).toBe(409);
      expect((await add('x')).status).toBe(409);
    });
  });
});
