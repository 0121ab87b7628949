import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { advanceClock } from '#libs/case-store/product-time.js';
import type { DigestParameters } from '#libs/contracts/mail.js';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { deedsUntil, inDays } from '#libs/demo/journey.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { MailComposer } from '#libs/mail/composer.js';
import { Digests } from '#libs/mail/digests.js';
import { OPEN_GATE } from '#libs/mail/gate.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { AccountNotices } from '#libs/people/account-notices.js';
import { AccountsEnded } from '#libs/people/accounts-ended.js';
import { People } from '#libs/people/people.js';
import { Pump } from '../../apps/mailer/src/pump.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { SENDER } from '../../test/support/mail-pump.js';
import { actor, organisationId } from '../../test/support/people.js';
import { ScriptedSmtp } from '../../test/support/scripted-smtp.js';
import { until } from '../../test/support/until.js';

jest.setTimeout(120_000);

const WEEK_MS = 8 * 86_400_000;
const READER = 'coalition@example.test';

interface Told {
  caseId: string;
  reference: string;
}

describe('what is called off while a digest with it waits', () => {
  let world: CaseWorld;
  let digests: Digests;
  let ledger: MailLedger;
  let cases: [Told, Told];

  beforeEach(async () => {
    world = await CaseWorld.create();
    digests = new Digests(world.dataSource, SENDER);
    ledger = new MailLedger(world.dataSource);
    // Both rest, which is told to the responders in their digest.
    cases = [await restingCase(), await restingCase()];
    await advanceClock(world.dataSource.manager, WEEK_MS);
    await digests.gather();
    await world.dataSource.query(
      `UPDATE mail SET state = 'sent', sent_at = now() WHERE state = 'due' AND kind <> 'digest'`,
    );
  });
  afterEach(() => world.close());

  const restingCase = async (): Promise<Told> => {
    const now = Date.now();
    const { caseId, reference } = await world.open({ receivedAt: now });
    for (const { who, command } of deedsUntil('consent given', ['drafting'], now, 'coordinator')) {
      if (typeof command === 'function') throw new Error('depends on the case');
      await world.send(who === 'requester' ? 'focalPoint' : who, caseId, command);
    }
    await world.send('coordinator', caseId, { verb: 'circulate', body: { organisations: ['LEGALAID', 'COALITION'] } });
    await world.send('coordinator', caseId, {
      verb: 'suspend',
      body: { reason: 'Elections.', reviewOn: inDays(now, 90) },
    });
    return { caseId, reference };
  };
  const exclude = ({ caseId }: Told) =>
    world.send('focalPoint', caseId, { verb: 'exclude-party', body: { party: 'COALITION', reason: 'A dispute.' } });
  const digest = (recipient = READER) => world.dataSource.manager.findOneByOrFail(Mail, { kind: 'digest', recipient });
  const named = async (recipient = READER) =>
    ((await digest(recipient)).parameters as DigestParameters).items.map(({ reference }) => reference);
  const gathered = ({ caseId }: Told, recipient = READER) =>
    world.dataSource.manager.findOneByOrFail(Mail, { caseId, recipient, class: 'digest', kind: 'suspended' });
  const history = ({ id }: Mail) =>
    world.dataSource.manager
      .find(MailEvent, { where: { mailId: id }, order: { id: 'ASC' } })
      .then((events) => events.map(({ happening, detail }) => [happening, detail]));
  const takenUp = async (): Promise<Mail> => {
    const rows = await ledger.claim(100);
    const mine = rows.find(({ kind, recipient }) => kind === 'digest' && recipient === READER);
    if (!mine) throw new Error('the digest is not due');
    return mine;
  };
  const composed = async (row: Mail) => {
    const { text } = await new MailComposer(world.dataSource.manager, SENDER).compose(row);
    return cases.map(({ reference }) => (text as string).includes(reference));
  };

  it('is left out, with its reason; others read on', async () => {
    const [excluded, other] = cases;
    expect(await named()).toEqual([excluded.reference, other.reference]);
    const row = await gathered(excluded);
    await exclude(excluded);
    expect(await named()).toEqual([other.reference]);
    expect(await gathered(excluded)).toMatchObject({
      state: 'suppressed',
      response: CALLED_OFF.excluded,
      digestId: null,
    });
    expect((await history(row)).at(-1)).toEqual(['suppressed', CALLED_OFF.excluded]);
    expect(await gathered(other)).toMatchObject({ state: 'gathered', digestId: (await digest()).id });
    expect(await named('legalaid@example.test')).toEqual([excluded.reference, other.reference]);
  });

  it('calls the digest off with the last of it', async () => {
    for (const one of cases) await exclude(one);
    expect(await digest()).toMatchObject({ state: 'suppressed', secret: null, response: CALLED_OFF.nothingLeft });
    expect((await history(await digest())).at(-1)).toEqual(['suppressed', CALLED_OFF.nothingLeft]);
    expect((await digest('legalaid@example.test')).state).toBe('due');
  });

  it('is left out of a digest that a server has put off, and that goes later', async () => {
    const server = await new ScriptedSmtp(join(mkdtempSync(join(tmpdir(), 'action48-')), 'sink.log')).start();
    server.script = (step) => (step === 'rcpt' ? 450 : 'accept');
    const composer = new MailComposer(world.dataSource.manager, SENDER);
    const pump = new Pump(ledger, smtpTransport(server.url), composer, OPEN_GATE, () => undefined);
    pump.start();
    try {
      await until('it was put off', async () => (await digest()).heldFor === 'retry');
      await exclude(cases[0]);
      server.script = () => 'accept';
      await world.dataSource.query(`UPDATE mail SET send_after = now() WHERE state = 'due'`);
      await until('it has arrived', async () => (await digest()).state === 'sent');
    } finally {
      await pump.stop();
      await server.stop();
    }
    const { id } = await digest();
    expect(server.log().filter(({ key }) => key === id)).toMatchObject([{ references: [cases[1].reference] }]);
  });

  it('is in no digest that is made at that very moment', async () => {
    const third = await restingCase();
    await advanceClock(world.dataSource.manager, WEEK_MS);
    await Promise.all([exclude(third), ...Array.from({ length: 4 }, () => digests.gather())]);
    const all = await world.dataSource.manager.findBy(Mail, { kind: 'digest', recipient: READER });
    expect(JSON.stringify(all.map(({ parameters }) => parameters))).not.toContain(third.reference);
    expect(await gathered(third)).toMatchObject({ state: 'suppressed', response: CALLED_OFF.excluded, digestId: null });
  });

  it('takes it back from a mailer that has composed it', async () => {
    const mine = await takenUp();
    expect(await composed(mine)).toEqual([true, true]);
    await exclude(cases[0]);
    expect(await ledger.sending(mine)).toBe(false);
    expect(await digest()).toMatchObject({ state: 'due' });
    expect(await named()).toEqual([cases[1].reference]);
  });

  it('is left out when it goes again, where it was being sent; what has arrived stays told', async () => {
    const mine = await takenUp();
    await ledger.sending(mine);
    await exclude(cases[0]);
    expect(await gathered(cases[0])).toMatchObject({ state: 'gathered', response: CALLED_OFF.excluded });
    await ledger.postpone(mine, 0, '451 later');
    expect(await composed(await takenUp())).toEqual([false, true]);
    expect(await gathered(cases[0])).toMatchObject({ state: 'suppressed', response: CALLED_OFF.excluded });
    await ledger.sending(mine);
    await exclude(cases[1]);
    await ledger.sent(mine, '250 taken');
    expect(await gathered(cases[1])).toMatchObject({ state: 'gathered', digestId: mine.id });
  });

  it('calls a digest off that would go again with nothing left', async () => {
    const mine = await takenUp();
    await ledger.sending(mine);
    for (const one of cases) await exclude(one);
    await ledger.postpone(mine, 0, '451 later');
    await expect(composed(await takenUp())).rejects.toThrow();
    expect(await digest()).toMatchObject({ state: 'suppressed', response: CALLED_OFF.nothingLeft });
  });

  it('goes with the account: neither the digest nor anything in it is sent', async () => {
    const notices = new AccountNotices(SENDER);
    const ended = new AccountsEnded(world.dataSource, notices);
    await ended.disable(actor('admin').personId, actor('coalition').personId, 'Left.');
    for (const row of [await digest(), await gathered(cases[0]), await gathered(cases[1])])
      expect(row).toMatchObject({ state: 'suppressed', response: CALLED_OFF.disabled });
    expect((await history(await gathered(cases[0]))).at(-1)).toEqual(['suppressed', CALLED_OFF.disabled]);
  });

  it('goes with the office that the reader leaves, and so do single mails; not with another name', async () => {
    const { personId } = actor('coalition');
    const people = new People(world.dataSource, new AccountNotices(SENDER));
    const single = await world.dataSource.manager.findOneByOrFail(Mail, { kind: 'invitation', recipient: READER });
    await world.dataSource.manager.update(Mail, single.id, { state: 'due' });
    const change = async (changes: Parameters<People['change']>[3]) => {
      const { revision } = await world.dataSource.manager.findOneByOrFail(Person, { id: personId });
      await people.change(actor('admin').personId, personId, revision, changes);
    };
    await change({ name: 'Another Name' });
    expect(await named()).toHaveLength(2);
    await change({ organisationId: organisationId('helvia') });
    expect(await world.dataSource.manager.findOneByOrFail(Mail, { id: single.id })).toMatchObject({
      state: 'suppressed',
      response: CALLED_OFF.notTheirs,
    });
    expect((await digest()).state).toBe('suppressed');
    expect(await gathered(cases[0])).toMatchObject({ state: 'suppressed', response: CALLED_OFF.notTheirs });
  });
});
