import { follow, readLog } from '#libs/case-store/event-log.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import type { NewEvent } from '#libs/domain/case/events.js';
import { renderMail } from '#libs/mail/render.js';
import { CANARIES, CANARY_FORM, LETTERS } from '../support/form-letters.js';
import type { FormField } from '../support/form-letters.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';
import { answered } from '../support/what-if-answer.js';

/** The letters that each person reads of a case in delivery, which has climbed to the President. */
const READS: Record<string, string> = {
  bravia: 'RPS',
  coordinator: 'RPS',
  coordinator2: 'RPS',
  isu: 'RPS',
  lead: 'PS',
  legalaid: 'PS',
  helvia: 'PS',
  president: 'S',
  coalition: '',
  zelandia: '',
  aurelia: '',
  admin: '',
};
const EVERYBODY = Object.keys(READS);

const CHANNELS = [
  ...['', '/timeline', '/export', '/mail', '/documents', '/access-log', '/clocks/acknowledge/explanation'].map(
    (part) => `/api/v1/cases/:ref${part}`,
  ),
  ...['/clocks/responder_answer/explanation', '/clocks/milestone/explanation'].map(
    (part) => `/api/v1/cases/:ref${part}`,
  ),
  '/api/v1/cases',
  '/api/v1/cases?queue=all&state=QMB',
  '/api/v1/forecast?hours=400',
  ...['', '/clocks/acknowledge', '/clocks/responder_answer', '/access', '/access.csv'].map(
    (part) => `/cases/:ref${part}`,
  ),
  '/queue',
  '/queue/cases.csv',
  '/forecast?hours=400',
  '/forecast/forecast.csv?hours=400',
  '/invitations',
  '/requests',
  '/requests/sent/:ref',
  '/system',
  '/policies/1/apply?all=yes',
  '/what-if/:job',
  '/what-if/:job/changes.csv',
  '/api/v1/organisations',
  '/metrics',
];

describe('what stands in the form of a request', () => {
  let system: TestSystem;
  let one: HttpCase;
  let answer = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'agree-plan', CANARY_FORM);
    await climbToPresident();
    answer = await answered(system);
  }, 120_000);
  afterAll(() => system.stop());

  /** Helvia's clock is late, and that has reached level 3: written as the case store writes what falls due. */
  async function climbToPresident(): Promise<void> {
    const { manager } = system.dataSource;
    const [{ id }] = await system.dataSource.query('SELECT id FROM assistance_case WHERE reference = $1', [
      one.reference,
    ]);
    const { id: subject } = await manager.findOneByOrFail(Organisation, { code: 'QMX' });
    const step = { clock: 'responder_answer', subject, cycle: 1, step: 'due', dueAt: new Date().toISOString() };
    const events: NewEvent[] = [
      { type: 'clock_breached', body: { ...step, cause: 'deadline' } },
      { type: 'clock_escalated', body: { ...step, level: 3 } },
    ];
    for (const event of events) {
      const last = (await readLog(manager, id)).at(-1);
      const at = Date.now();
      await manager.insert(
        CaseEvent,
        follow(id, last, event, { effectiveAt: at, recordedAt: at, actorId: null }) as never,
      );
    }
    await new CaseStore(system.dataSource).rebuild(id);
  }

  const get = (who: string, path: string) =>
    system.call(who, 'GET', path.replace(':ref', one.reference).replace(':job', answer));
  const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body)).toUpperCase();
  const mayRead = (who: string, field: FormField): boolean => {
    const letter = LETTERS[field] === '?' ? 'R' : LETTERS[field];
    return READS[who]?.includes(letter) ?? false;
  };
  const found = (text: string, who: string) =>
    CANARIES.filter(([field, words]) => text.includes(words) && !mayRead(who, field)).map(([field]) => field);

  it('is words for most fields, each of its own', () => {
    expect(CANARIES.length).toBeGreaterThanOrEqual(16);
    expect(new Set(CANARIES.map(([, words]) => words)).size).toBe(CANARIES.length);
  });

  it.each(EVERYBODY)('is shown as a program reads the case by its letters, key by key: %s', async (who) => {
    const { status, body } = await get(who, '/api/v1/cases/:ref');
    if (!READS[who]) return expect(status).toBe(404);
    const given = Object.keys(CANARY_FORM) as FormField[];
    expect(Object.keys(body.request).sort()).toEqual(given.filter((field) => mayRead(who, field)).sort());
    const expected = CANARIES.filter(([field]) => mayRead(who, field));
    expect(expected.filter(([, words]) => !textOf(body).includes(words))).toEqual([]);
  });

  it.each(EVERYBODY)('is in no answer, page or table of those who may not read it: %s', async (who) => {
    const wrong: unknown[] = [];
    let answered = 0;
    for (const path of CHANNELS) {
      const { status, body } = await get(who, path);
      expect({ path, wrong: status >= 500 }).toEqual({ path, wrong: false });
      if (status === 200) answered += 1;
      const fields = found(textOf(body), who);
      if (fields.length) wrong.push({ path, fields });
    }
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });

  it.each(EVERYBODY.filter((who) => READS[who]))('is in no form of those who may not read it: %s', async (who) => {
    const { nextActions } = (await get(who, '/api/v1/cases/:ref')).body;
    for (const verb of nextActions as string[]) {
      const { status, body } = await get(who, `/cases/:ref/${verb}`);
      expect({ verb, status, fields: found(textOf(body), who) }).toEqual({ verb, status: 200, fields: [] });
    }
  });

  it.each(EVERYBODY)('is nothing that the case can be found by: %s', async (who) => {
    for (const [, words] of CANARIES)
      for (const path of [`/api/v1/cases?q=${words}`, `/queue?q=${words}`]) {
        const { status, body } = await get(who, path);
        if (status === 200 && path.startsWith('/api')) expect(body).toEqual({ items: [], next: null });
        if (status === 200) expect(textOf(body)).not.toContain(one.reference);
      }
  });

  it('is in no mail', async () => {
    const rows = await system.dataSource.manager.find(Mail);
    expect(rows.length).toBeGreaterThan(10);
    for (const { kind, parameters, language } of rows) {
      const mail = renderMail(kind as never, parameters as MailParameters, language, 'https://action48.example');
      expect(textOf({ ...mail, parameters })).not.toContain('CANARY');
    }
  });

  it('tells the lead no contact, no excluded party and no word between the State and the coordinators', async () => {
    const secrets = [
      'We have it.',
      'Call of today.',
      'QMY',
      'bravia@demo',
      'Demo Focal Point of Bravia',
      '"scope":"law"',
    ];
    const parts = ['', '/timeline', '/export', '/mail', '/clocks/acknowledge/explanation'];
    for (const who of ['coordinator', 'lead']) {
      const texts = await Promise.all(parts.map(async (part) => JSON.stringify((await one.get(who, part)).body)));
      const told = secrets.filter((secret) => texts.some((text) => text.includes(secret)));
      expect({ who, told }).toEqual({ who, told: who === 'lead' ? [] : secrets });
    }
    const { information, consent, scope, fields } = await one.seenBy('lead');
    expect([information, consent, scope]).toEqual([[], null, null]);
    expect(fields).not.toContain('restricted');
    const { items } = (await one.get('lead', '/mail')).body;
    const hidden = items.filter(({ to }: { to: string | null }) => to === null);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every(({ response }: { response: string | null }) => response === null)).toBe(true);
  });

  it('tells the President neither what is asked for nor which responder is late', async () => {
    const view = await one.seenBy('president');
    expect(view).toMatchObject({ state: 'QMB', law: null, needTypes: [], fields: ['states_parties'], summary: null });
    expect(view.clocks.map(({ name }: { name: string }) => name)).toContain('responder_answer');
    for (const path of CHANNELS.slice(0, -3)) {
      const { status, body } = await get('president', path);
      const names = status === 200 && !/organisations/.test(path) ? textOf(body) : '';
      for (const name of ['HELVIA', 'LEGAL AID', 'TWO REMOTE SESSIONS', 'HELP WITH A BILL', 'FIRST DRAFT'])
        expect({ path, name, told: names.includes(name) }).toEqual({ path, name, told: false });
    }
  });

  it('tells a responder nothing of competitors by whose move it is, by a date, by a queue or by a cursor', async () => {
    const matching = await HttpCase.after(system, 'make-offer');
    const [seen, item] = await Promise.all([
      matching.seenBy('helvia'),
      system
        .call('helvia', 'GET', `/api/v1/cases?q=${matching.reference}`)
        .then(({ body }) => body.items[0] as Record<string, unknown>),
    ]);
    // Legal Aid's offer is before the State; Helvia has said that it is interested.
    expect((await matching.seenBy('coordinator')).awaiting).toBe('state');
    expect([seen.awaiting, item['awaiting']]).toEqual(['responder', 'responder']);
    expect(item).toMatchObject({ nearest: null, nextStep: null, paused: false });
    for (const queue of ['due_soon', 'breached', 'paused', 'awaiting_state', 'awaiting_responder'])
      expect((await system.call('helvia', 'GET', `/api/v1/cases?queue=${queue}`)).body.items).toEqual([]);
    const { next } = (await system.call('helvia', 'GET', '/api/v1/cases?limit=1')).body;
    const [{ opened_at, nearest_due_at }] = await system.dataSource.query(
      'SELECT opened_at, nearest_due_at FROM assistance_case ORDER BY opened_at, id LIMIT 1',
    );
    const cursor = Buffer.from(next as string, 'base64url').toString();
    expect(cursor).toContain((opened_at as Date).toISOString());
    expect(cursor).not.toContain((nearest_due_at as Date).toISOString());
  });
});
