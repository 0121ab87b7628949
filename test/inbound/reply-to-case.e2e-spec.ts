import { receptionOf } from '../support/reception.js';
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { Person } from '#libs/database/entities/person.entity.js';
import { MailComposer } from '#libs/mail/composer.js';
import { OPEN_GATE } from '#libs/mail/gate.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { LmtpDoor } from '../../apps/mailer/src/inbound/lmtp.js';
import { Pump } from '../../apps/mailer/src/pump.js';
import { inDays } from '../support/days.js';
import { HttpCase } from '../support/http-case.js';
import { INBOUND, rawMail } from '../support/inbound.js';
import { readAtAnyHour } from '../support/mail-rows.js';
import { SmtpSink } from '../support/smtp-sink.js';
import type { SunkMail } from '../support/smtp-sink.js';
import { TestSystem } from '../support/system.js';
import { until } from '../support/until.js';

jest.setTimeout(300_000);

const SENDER = {
  ...{ mailFrom: 'Action48 <no-reply@action48.test>', publicUrl: 'https://action48.test' },
  ...{ secretsKey: INBOUND.secretsKey, inboundDomain: INBOUND.domain },
};
const LEGALAID = 'legalaid@demo.action48.test';
const COALITION = 'coalition@demo.action48.test';

describe('a reply by mail', () => {
  let system: TestSystem;
  let sink: SmtpSink;
  let pump: Pump;
  let door: LmtpDoor;
  let one: HttpCase;
  let invitation: SunkMail;
  let keys = 0;

  beforeAll(async () => {
    system = await TestSystem.start();
    await readAtAnyHour(system.dataSource);
    sink = await SmtpSink.start();
    const { manager } = system.dataSource;
    const transport = smtpTransport(sink.url);
    pump = new Pump(
      new MailLedger(system.dataSource),
      transport,
      new MailComposer(manager, SENDER),
      OPEN_GATE,
      () => undefined,
    );
    pump.start();
    door = await LmtpDoor.open('127.0.0.1:0', receptionOf(system.dataSource, SENDER), () => undefined);
    one = await HttpCase.after(system, 'circulate');
    invitation = await until('legalaid is invited', () =>
      sink.to(LEGALAID).find(({ raw }) => raw.includes(one.reference)),
    );
  }, 240_000);
  afterAll(async () => {
    await pump?.stop();
    await door?.close();
    await sink?.stop();
    await system?.stop();
  });

  const replyTo = (): string => invitation.parsed.replyTo?.value[0]?.address ?? '';
  async function writes(from: string, text: string, to: string, headers: Record<string, string> = {}): Promise<void> {
    const transport = createTransport({ host: '127.0.0.1', port: door.port, lmtp: true, ignoreTLS: true } as object);
    const raw = rawMail(text, { From: from, To: to, ...headers });
    expect((await transport.sendMail({ envelope: { from, to: [to] }, raw })).response).toMatch(/^250/);
    transport.close();
  }
  const replies = async (who = 'coordinator') => (await one.get(who, '/replies')).body.items;
  const messageOf = async (text: string) =>
    (await replies()).find((message: { text: string }) => message.text === text);
  const decide = (who: string, id: string, what: string, body: object) =>
    system.call(who, 'POST', `/api/v1/cases/${one.reference}/replies/${id}/${what}`, body, {
      'Idempotency-Key': `reply-${(keys += 1)}`,
    });
  const triage = async () => (await system.call('coordinator', 'GET', '/api/v1/triage/mail')).body.items;
  const timeline = async () => (await one.get('coordinator', '/timeline')).body.items;

  it('goes to an address of its own, and reports of servers to another', () => {
    expect(replyTo()).toMatch(/^reply\+[0-9a-v]{42}@in\.action48\.test$/);
    expect(invitation.parsed.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('waits on its case, and changes nothing until the owner accepts it in the sender’s name', async () => {
    const before = (await timeline()).length;
    await writes(LEGALAID, 'Yes, we can help.', replyTo().toUpperCase());
    const message = await messageOf('Yes, we can help.');
    expect(message).toMatchObject({ state: 'waiting', foundBy: 'address', party: 'responder' });
    expect(await timeline()).toHaveLength(before);
    expect((await decide('coordinator', message.id, 'accept', { as: 'answers', text: 'x' })).status).toBe(409);
    expect((await decide('coordinator', message.id, 'accept', { as: 'interest' })).status).toBe(204);
    const added = (await timeline()).slice(before);
    expect(added.map(({ type }: { type: string }) => type)).toEqual(['reply_accepted', 'interest_expressed']);
    const [{ facts, actor }] = added;
    expect(facts).toMatchObject({ replyId: message.id, as: 'interest', organisationId: message.organisation.id });
    expect(actor.name).toBeTruthy();
    expect(added[1].facts.organisationId).toBe(message.organisation.id);
    expect((await one.get('coordinator')).body.stage).toBe('matching');
    expect(await messageOf('Yes, we can help.')).toMatchObject({ state: 'accepted', decided: { meaning: 'interest' } });
    expect((await decide('coordinator', message.id, 'accept', { as: 'interest' })).status).toBe(409);
  });

  it('is told to the owner, once, and nothing of what it says', async () => {
    const notices = () => sink.to('coordinator@demo.action48.test').filter(({ raw }) => raw.includes('/replies'));
    await until('the owner is told', () => notices().length);
    const told = notices();
    expect(told).toHaveLength(1);
    expect(told[0]?.raw).not.toContain('we can help');
  });

  it('is accepted as a need of time, until a day that the step itself would take', async () => {
    const later = await HttpCase.after(system, 'circulate');
    const mail = await until('legalaid is invited again', () =>
      sink.to(LEGALAID).find(({ raw }) => raw.includes(later.reference)),
    );
    await writes(LEGALAID, 'We need a week.', mail.parsed.replyTo?.value[0]?.address ?? '');
    const [message] = (await later.get('coordinator', '/replies')).body.items;
    const accept = (body: object) =>
      system.call(
        'coordinator',
        'POST',
        `/api/v1/cases/${later.reference}/replies/${message.id}/accept`,
        { as: 'time', ...body },
        { 'Idempotency-Key': `time-${(keys += 1)}` },
      );
    const range = 'until: must be within the next 60 days.';
    for (const body of [{}, { until: inDays(-1) }, { until: inDays(62) }])
      expect(await accept(body)).toMatchObject({ status: 409, body: { detail: range } });
    const malformed = await accept({ until: 'in a week' });
    expect(malformed).toMatchObject({ status: 422, body: { errors: [{ field: 'until' }] } });
    expect((await accept({ until: inDays(7) })).status).toBe(204);
    const added = (await later.get('coordinator', '/timeline')).body.items.slice(-2);
    const { id: organisationId } = message.organisation;
    expect(added).toMatchObject([
      { type: 'reply_accepted', facts: { as: 'time', organisationId } },
      { type: 'time_asked', facts: { until: inDays(7), organisationId } },
    ]);
  });

  it('is accepted as passed on, to somebody of the sender’s organisation with an account, in the sender’s name', async () => {
    await writes(LEGALAID, 'My colleague answers.', replyTo());
    const message = await messageOf('My colleague answers.');
    const { manager } = system.dataSource;
    const sender = await manager.findOneByOrFail(Person, { email: LEGALAID });
    const colleague = { ...sender, id: randomUUID(), email: 'second@legalaid.test', name: 'Second' };
    await manager.insert(Person, colleague);
    const accept = (email?: string) => decide('coordinator', message.id, 'accept', { as: 'pass_on', email });
    for (const [email, why] of [
      [undefined, /^email: nobody of the sender’s organisation/],
      [COALITION, /^email: nobody of the sender’s organisation/],
      [LEGALAID, /^email: this is the sender’s own address/],
    ] as const)
      expect(await accept(email)).toMatchObject({ status: 409, body: { detail: expect.stringMatching(why) } });
    expect((await accept('Second@legalaid.test')).status).toBe(204);
    expect((await timeline()).slice(-2)).toMatchObject([
      { type: 'reply_accepted', facts: { as: 'pass_on' } },
      { type: 'invitation_passed_on', facts: { from: sender.id, to: colleague.id } },
    ]);
  });

  it('is kept as a contact, or set aside with a reason', async () => {
    await writes(LEGALAID, 'Thank you.', replyTo());
    await writes(LEGALAID, 'Sent by mistake.', replyTo());
    const [kept, aside] = [await messageOf('Thank you.'), await messageOf('Sent by mistake.')];
    expect((await decide('coordinator', kept.id, 'accept', { as: 'contact', text: 'Thank you.' })).status).toBe(204);
    expect((await timeline()).at(-1)).toMatchObject({ type: 'contact_logged', words: { text: 'Thank you.' } });
    expect((await decide('coordinator', aside.id, 'set-aside', { reason: 'A mistake.' })).status).toBe(204);
    expect(await messageOf('Sent by mistake.')).toMatchObject({
      state: 'set_aside',
      decided: { reason: 'A mistake.' },
    });
  });

  it.each<[string, string, () => string, Record<string, string>]>([
    [
      'whose signature is not ours',
      LEGALAID,
      () => replyTo().replace(/.@/, (last) => (last[0] === '0' ? '1@' : '0@')),
      {},
    ],
    ['from another responder to this one’s address', COALITION, replyTo, {}],
    ['from somebody unknown', 'stranger@example.test', replyTo, {}],
    ['that names nothing', LEGALAID, () => `anything@${INBOUND.domain}`, {}],
  ])('is in triage and on no case: one %s', async (name, from, to, headers) => {
    const text = `Triage: ${name}`;
    await writes(from, text, to(), headers);
    expect(await messageOf(text)).toBeUndefined();
    const [last] = (await triage()).slice(-1);
    const { body } = await system.call('coordinator', 'GET', `/api/v1/triage/mail/${last.id}`);
    expect(body.text).toBe(text);
  });

  it('is found by the thread that it names, and put on a case by hand with a reason', async () => {
    const thread = { 'In-Reply-To': invitation.messageId };
    await writes(LEGALAID, 'By the thread.', `reply@${INBOUND.domain}`, thread);
    expect(await messageOf('By the thread.')).toMatchObject({ foundBy: 'thread', party: 'responder' });
    const [first] = await triage();
    const attach = (reference: string) =>
      system.call('coordinator', 'POST', `/api/v1/triage/mail/${first.id}/attach`, {
        reference,
        reason: 'It says so.',
      });
    expect((await attach('CCM-A9-2001-0001')).status).toBe(422);
    expect((await attach(one.reference)).status).toBe(204);
    expect((await attach(one.reference)).status).toBe(404);
    expect((await replies()).find(({ id }: { id: string }) => id === first.id)).toMatchObject({ foundBy: 'person' });
  });

  it('is read by nobody but the coordinators on the case', async () => {
    const seen = async (who: string) => (await one.get(who, '/replies')).status;
    expect(await Promise.all(['isu', 'lead', 'bravia', 'legalaid', 'coalition', 'admin'].map(seen))).toEqual([
      200, 403, 404, 404, 404, 404,
    ]);
    expect((await system.call('legalaid', 'GET', '/api/v1/triage/mail')).status).toBe(404);
  });
});
