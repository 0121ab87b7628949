import { In } from 'typeorm';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { CaseWorld } from '../support/case-world.js';
import { actor, organisationId } from '../support/people.js';

const utc = (time: string): number => Date.parse(`2026-${time}Z`);
const iso = (at: number | Date): string => new Date(at).toISOString();
/** Monday 23 November, after closing time in Geneva: five working days from here end on the next Monday at 17:00. */
const ACKNOWLEDGED = utc('11-23T17:00:00');
const DUE = utc('11-30T16:00:00');
/** Three quarters of that: Friday 15:00 in Geneva, Saturday 03:00 in Auckland. */
const SATURDAY_NIGHT = utc('11-27T14:00:00');
/** 09:00 in Auckland. */
const MONDAY_MORNING = utc('11-29T20:00:00');

describe('a mail that can wait', () => {
  let world: CaseWorld;
  beforeEach(async () => {
    world = await CaseWorld.create();
    const { manager } = world.dataSource;
    await manager.update(Person, actor('coordinator').personId, { timezone: 'Pacific/Auckland' });
    await manager.update(Person, actor('coordinator2').personId, { active: false });
  });
  afterEach(() => world.close());

  const mails = (caseId: string, kind: string) => world.dataSource.manager.findBy(Mail, { caseId, kind });
  const dueAt = async (caseId: string, name: string) =>
    (await world.dataSource.manager.findOneByOrFail(CaseClock, { caseId, name })).dueAt;
  const send = (who: string, caseId: string, verb: CaseCommand['verb'], body: object, at: number) =>
    world.send(who, caseId, { verb, body } as CaseCommand, at);
  const acknowledged = async (): Promise<string> => {
    const { caseId } = await world.open({ receivedAt: utc('11-23T10:00:00') });
    await send('coordinator', caseId, 'acknowledge', { message: 'We have it.' }, ACKNOWLEDGED);
    return caseId;
  };
  /** Everything that falls due by an instant, each at its own. */
  const passTo = async (caseId: string, at: number): Promise<void> => {
    for (;;) {
      const { nextWakeAt } = await world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
      if (!nextWakeAt || nextWakeAt.getTime() > at) return;
      await world.store.wake(caseId, nextWakeAt.getTime());
    }
  };
  /** What a mailer takes up at an instant. */
  const claimedAt = async (at: number): Promise<string[]> => {
    await world.dataSource.query(
      `INSERT INTO deployment (name, value) VALUES ('clock_offset_ms', to_jsonb($1::bigint))
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [at - Date.now()],
    );
    const rows = await new MailLedger(world.dataSource).claim(50);
    await world.dataSource.query(`DELETE FROM deployment WHERE name = 'clock_offset_ms'`);
    return rows.map(({ kind, recipient }) => `${kind} ${recipient}`);
  };

  it('E13: a warning due on Saturday at 03:00 goes out on Monday when its reader opens; the deadline stays', async () => {
    const caseId = await acknowledged();
    await passTo(caseId, SATURDAY_NIGHT);
    const [warning, ...more] = await mails(caseId, 'warning');
    expect(more).toEqual([]);
    expect(warning?.recipient).toBe('coordinator@example.test');
    expect(iso(warning?.sendAfter ?? 0)).toBe(iso(MONDAY_MORNING));
    expect(await dueAt(caseId, 'verify')).toEqual(new Date(DUE));
    expect(await claimedAt(MONDAY_MORNING - 60_000)).not.toContain('warning coordinator@example.test');
    expect(await claimedAt(MONDAY_MORNING + 60_000)).toContain('warning coordinator@example.test');
  });

  it('is kept back for good when what it asks for is done before its reader is at work', async () => {
    const caseId = await acknowledged();
    await passTo(caseId, SATURDAY_NIGHT);
    const body = { means: 'mission', evidence: 'Call of today.' };
    await send('lead', caseId, 'verify', body, SATURDAY_NIGHT + 3_600_000);
    const [warning] = await mails(caseId, 'warning');
    expect(warning).toMatchObject({ state: 'suppressed', response: expect.stringContaining('the clock stopped') });
    expect(await claimedAt(DUE)).not.toContain('warning coordinator@example.test');
  });

  it('does not hold up a breach, an escalation to the ISU, or the answer to what was just done', async () => {
    const caseId = await acknowledged();
    await passTo(caseId, DUE);
    const breach = (await mails(caseId, 'breach')).map(({ recipient, sendAfter }) => [recipient, iso(sendAfter)]);
    expect(breach).toEqual([['coordinator@example.test', iso(DUE)]]);
    const [told] = await mails(caseId, 'escalation');
    expect([told?.recipient, iso(told?.sendAfter ?? 0)]).toEqual(['lead@example.test', iso(DUE)]);
    for (const { sendAfter } of await mails(caseId, 'acknowledgement')) expect(iso(sendAfter)).toBe(iso(ACKNOWLEDGED));
    const fiveDaysLater = utc('12-07T16:00:00');
    await passTo(caseId, fiveDaysLater);
    const toIsu = (await mails(caseId, 'escalation')).filter(
      ({ parameters }) => (parameters as MailParameters).level === 'L2',
    );
    expect(toIsu.map(({ sendAfter }) => iso(sendAfter))).toEqual([iso(fiveDaysLater)]);
  });

  it('is an escalation to the lead, too, which comes at closing time and is read the next morning', async () => {
    const opened = utc('11-02T09:00:00');
    const { caseId } = await world.open({ receivedAt: opened });
    const [summary, legalaid] = ['Help with a bill.', organisationId('legalaid')];
    await send('coordinator', caseId, 'acknowledge', { message: 'We have it.' }, opened);
    await send('coordinator', caseId, 'verify', { means: 'mission', evidence: 'Call of today.' }, opened);
    await send('coordinator', caseId, 'take', {}, opened);
    const triage = { scope: 'law', priority: 'P2', needTypes: ['drafting'], summary };
    await send('coordinator', caseId, 'triage', triage, opened);
    await send('coordinator', caseId, 'request-consent', { audience: [legalaid], summary }, opened);
    await send('focalPoint', caseId, 'give-consent', {}, opened);
    await send('coordinator', caseId, 'circulate', { organisations: [legalaid] }, opened);
    // Fifteen working days to answer, five more to the escalation.
    const escalated = utc('11-30T16:00:00');
    await passTo(caseId, escalated);
    const toLead = (await mails(caseId, 'escalation')).filter(({ recipient }) => recipient === 'lead@example.test');
    expect(toLead.map(({ sendAfter }) => iso(sendAfter))).toEqual([iso(utc('12-01T08:00:00'))]);
  });

  it('reaches a State that rests on Friday on a day on which its capital and its mission are both at work', async () => {
    await world.dataSource.manager.update(State, 'QMB', { timezone: 'Asia/Baghdad', weekend: ['fri', 'sat'] });
    await world.dataSource.manager.update(Person, actor('focalPoint').personId, { timezone: 'Asia/Baghdad' });
    const opened = utc('11-13T09:00:00');
    const { caseId } = await world.open({ receivedAt: opened });
    await send('coordinator', caseId, 'acknowledge', { message: 'We have it.' }, opened);
    await send('coordinator', caseId, 'verify', { means: 'mission', evidence: 'Call of today.' }, opened);
    await send('coordinator', caseId, 'take', {}, opened);
    await send('coordinator', caseId, 'return', { questions: ['Which ministry leads?'] }, opened);
    await passTo(caseId, utc('11-27T20:00:00'));
    const reminders = await mails(caseId, 'reminder');
    const onFriday = reminders.filter(({ sequence }) => sequence.endsWith('remind_day_14'));
    expect(onFriday.map(({ recipient }) => recipient).sort()).toEqual([
      'focal@bravia.example.test',
      'focalpoint@example.test',
    ]);
    for (const { sendAfter } of onFriday) expect(iso(sendAfter)).toBe(iso(utc('11-30T06:00:00')));
  });
});

describe('a mail that waits for more than the night', () => {
  let world: CaseWorld;
  let caseId: string;
  const { personId } = actor('coordinator');
  /** Tuesday in the quiet days at the turn of the year. */
  const CHRISTMAS = utc('12-22T10:00:00');
  const legalaid = organisationId('legalaid');
  beforeEach(async () => {
    world = await CaseWorld.create();
    ({ caseId } = await world.open({ receivedAt: CHRISTMAS }));
    await send('coordinator', 'acknowledge', { message: 'We have it.' });
    await send('coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' });
    await send('coordinator', 'take', {});
    await send('coordinator', 'triage', { scope: 'law', priority: 'P2', needTypes: ['drafting'], summary: 'A bill.' });
    await send('coordinator', 'request-consent', { audience: [legalaid], summary: 'A bill.' });
    await send('focalPoint', 'give-consent', {});
    await send('coordinator', 'circulate', { organisations: [legalaid] });
  });
  afterEach(() => world.close());
  const send = (who: string, verb: string, body: object) =>
    world.send(who, caseId, { verb, body } as CaseCommand, CHRISTMAS);
  const mail = (kind: string) => world.dataSource.manager.findOneByOrFail(Mail, { caseId, kind });

  it('goes when the quiet period is over and its reader at work, and says that it waits for that', async () => {
    const { heldFor, sendAfter, class: mailClass } = await mail('invitation');
    expect([mailClass, heldFor]).toEqual(['single', 'quiet']);
    expect(iso(sendAfter).slice(0, 10)).toBe('2027-01-06');
    expect(await mail('acknowledgement')).toMatchObject({ class: 'urgent', heldFor: null });
  });

  it('is not sent when what it asks for was done before the period was over', async () => {
    expect((await mail('consent_request')).state).toBe('suppressed');
    await send('legalaid', 'decline-invitation', { reason: 'no_capacity' });
    expect(await mail('invitation')).toMatchObject({
      state: 'suppressed',
      response: 'the clock stopped before it was sent',
    });
    expect((await mail('all_declined')).state).toBe('due');
  });

  it('waits for the digest of whoever it only informs, and is not sent to whoever wants none', async () => {
    await send('legalaid', 'express-interest', {});
    await send('legalaid', 'make-offer', { text: 'We can help with the bill.', modality: 'remote' });
    const answers = () => world.dataSource.manager.findBy(Mail, { caseId, kind: 'responder_answer' });
    expect((await answers()).map(({ class: mailClass, heldFor }) => [mailClass, heldFor])).toContainEqual([
      'digest',
      'digest',
    ]);
    await world.dataSource.manager.update(Person, personId, { mailRhythm: 'off' });
    const before = (await answers()).length;
    await send('coordinator', 'suspend', { reason: 'The State asked for it.', reviewOn: '2027-03-01' });
    await send('focalPoint', 'withdraw', { reason: 'No longer needed.' });
    expect((await answers()).length).toBe(before);
    const ended = await world.dataSource.manager.findBy(Mail, { caseId, kind: 'case_ended', personId });
    expect(ended.map(({ state, response }) => [state, response])).toEqual([
      ['suppressed', 'the reader does not want digests'],
    ]);
  });
});

describe('the demonstration, where a button lets days pass', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  });
  afterAll(() => system.stop());

  it('shows each warning, or the mail that took its place, at the latest one press after the one that brought it about', async () => {
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm());
    const press = () => system.call('admin', 'POST', '/api/v1/demo/clock', { advance: 'P3D' });
    const warnings = () => system.dataSource.manager.findBy(Mail, { kind: 'warning' });
    // Two working days are a week where holidays follow each other.
    for (let presses = 0; presses < 4 && !(await warnings()).length; presses += 1) await press();
    const about = (await warnings()).map(({ parameters }) => (parameters as MailParameters).reference);
    expect(about).toContain(body.reference);
    const ids = (await warnings()).map(({ id }) => id);
    await press();
    const taken = (await new MailLedger(system.dataSource).claim(100)).map(({ id }) => id);
    const later = (await warnings()).filter(({ response }) => response === CALLED_OFF.overtaken).map(({ id }) => id);
    expect([...taken, ...later]).toEqual(expect.arrayContaining(ids));
    const late = await system.dataSource.manager.findBy(Mail, { kind: 'breach', id: In(taken) });
    expect(late.length).toBeGreaterThanOrEqual(later.length && 1);
  });
});
