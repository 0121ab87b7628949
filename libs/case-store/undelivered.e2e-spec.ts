import { DataSource } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { asOwner } from '../../test/support/database.js';
import { actor, idOf, organisationId } from '../../test/support/people.js';
import { requestForm } from '../../test/support/request-form.js';
import { CaseStore } from './case-store.js';
import { readLog } from './event-log.js';
import { UndeliveredCases } from './undelivered-cases.js';

jest.setTimeout(120_000);

const [FOCAL, ALTERNATE, MISSION] = ['focal', 'alternate', 'mission'].map((name) => `${name}@bravia.example.test`);
const REFUSED = "Can't send mail - all recipients were rejected: 550 5.1.1 no such user";
const acknowledge: CaseCommand = { verb: 'acknowledge', body: { message: 'We have it.' } };

describe('a mail that does not reach anybody', () => {
  let world: CaseWorld;
  let passes: UndeliveredCases;
  beforeEach(async () => {
    world = await CaseWorld.create();
    passes = new UndeliveredCases(world.dataSource, world.store);
  });
  afterEach(() => world.close());

  const mails = (caseId: string): Promise<Mail[]> =>
    world.dataSource.manager.find(Mail, { where: { caseId }, order: { id: 'ASC' } });
  const listed = async (caseId: string) => (await mails(caseId)).map(({ kind, recipient }) => `${kind} ${recipient}`);
  const events = async (caseId: string) =>
    (await readLog(world.dataSource.manager, caseId)).flatMap(({ type, body }) =>
      type === 'contact_unreachable'
        ? [`${String(body['rung'])} ${String(body['because'])}`]
        : type === 'call_due'
          ? [type]
          : [],
    );
  const end = (caseId: string, recipient: string | undefined, state: Mail['state'], response = REFUSED) =>
    world.dataSource.query(
      `UPDATE mail SET state = $3, response = $4, attempts = 1 WHERE case_id = $1 AND recipient = $2 AND state = 'due'`,
      [caseId, recipient, state, response],
    );
  const nextStepOf = async (caseId: string) =>
    (
      await world.dataSource.query<{ awaiting: string }[]>('SELECT awaiting FROM assistance_case WHERE id = $1', [
        caseId,
      ])
    )[0];

  it('goes to the alternate contact, then to the mission, each once; then the owner has to call', async () => {
    const { caseId } = await world.open();
    await world.send('coordinator', caseId, { verb: 'take', body: {} });
    await end(caseId, FOCAL, 'failed');
    expect(await passes.relay()).toBe(1);
    expect(await passes.relay()).toBe(0);
    expect(await events(caseId)).toEqual(['focal_point refused']);
    const told = (await listed(caseId)).sort();
    expect(told.filter((one) => one.includes('alternate'))).toEqual([
      `contact_tried ${ALTERNATE}`,
      `receipt ${ALTERNATE}`,
    ]);
    expect(told.filter((one) => one.startsWith('not_delivered'))).toEqual(['not_delivered coordinator@example.test']);

    await end(caseId, ALTERNATE, 'failed');
    await passes.relay();
    expect((await listed(caseId)).filter((one) => one.includes('mission')).sort()).toEqual([
      `contact_tried ${MISSION}`,
      `receipt ${MISSION}`,
    ]);

    await end(caseId, MISSION, 'bounced');
    await passes.relay();
    expect(await events(caseId)).toEqual(['focal_point refused', 'alternate refused', 'mission bounced', 'call_due']);
    expect((await listed(caseId)).filter((one) => one.startsWith('call_due'))).toEqual([
      'call_due coordinator@example.test',
    ]);
    const open = (await mails(caseId)).filter(({ state, followedUpAt }) => state !== 'due' && followedUpAt === null);
    expect(open.map(({ kind, state }) => `${kind} ${state}`)).toEqual([]);
  });

  it('is in the language of the State for the mission, and in the zone of its city', async () => {
    const missionContact = { name: 'Mutale Zulu', email: 'mission@bravia.example.test', city: 'new_york' as const };
    const { caseId } = await world.open({ form: requestForm({ language: 'fr', missionContact }) });
    await end(caseId, FOCAL, 'failed');
    await passes.relay();
    await end(caseId, ALTERNATE, 'failed');
    await passes.relay();
    const [receipt] = (await mails(caseId)).filter(
      ({ kind, recipient }) => kind === 'receipt' && recipient === MISSION,
    );
    expect(receipt).toMatchObject({ language: 'fr', parameters: { timezone: 'America/New_York' }, party: 'requester' });
  });

  it('is followed up once by two passes at the same moment, and again by none', async () => {
    const { caseId } = await world.open();
    await end(caseId, FOCAL, 'failed');
    const other = await new DataSource(databaseOptions(world.url)).initialize();
    const second = new UndeliveredCases(other, new CaseStore(other));
    await Promise.all([passes.relay(), second.relay(), passes.relay(), second.relay()]);
    await other.destroy();
    expect(await events(caseId)).toEqual(['focal_point refused']);
    expect((await listed(caseId)).filter((one) => one.includes('alternate'))).toHaveLength(2);
  });

  it('leaves no trace of a pass that dies in the middle, and the next one does all of it', async () => {
    const { caseId } = await world.open();
    await end(caseId, FOCAL, 'failed');
    const before = await mails(caseId);
    // As if the process had been killed at its last statement.
    await asOwner(world.url, 'ALTER TABLE mail ADD CONSTRAINT killed CHECK (followed_up_at IS NULL) NOT VALID');
    await expect(passes.relay()).rejects.toThrow('killed');
    await asOwner(world.url, 'ALTER TABLE mail DROP CONSTRAINT killed');
    expect(await mails(caseId)).toEqual(before);
    expect(await events(caseId)).toEqual([]);
    await passes.relay();
    await passes.relay();
    expect(await events(caseId)).toEqual(['focal_point refused']);
  });

  it('that failed for another reason than its address is told to the owner, and changes nobody’s contact', async () => {
    const { caseId } = await world.open();
    await end(caseId, FOCAL, 'failed', 'connect ECONNREFUSED 127.0.0.1:2525');
    await passes.relay();
    expect(await events(caseId)).toEqual([]);
    const told = await listed(caseId);
    expect(told.filter((one) => one.startsWith('not_delivered'))).not.toEqual([]);
    expect(told.filter((one) => one.includes('alternate'))).toEqual([]);
  });

  it('later goes to the next contact at once, and to the first again when the State has acted', async () => {
    const { caseId } = await world.open();
    await end(caseId, FOCAL, 'failed');
    await passes.relay();
    await world.send('coordinator', caseId, acknowledge);
    const to = async (kind: string) => (await listed(caseId)).filter((one) => one.startsWith(`${kind} `)).sort();
    expect(await to('acknowledgement')).toEqual([
      `acknowledgement ${ALTERNATE}`,
      'acknowledgement focalpoint@example.test',
    ]);
    await world.send('focalPoint', caseId, { verb: 'withdraw', body: { reason: 'No longer needed.' } });
    const tried = (await mails(caseId)).find(({ kind }) => kind === 'contact_tried');
    expect(tried).toMatchObject({ state: 'suppressed', response: 'the side has been heard of' });
  });

  it('skips a contact that is named twice', async () => {
    const alternateContact = { name: 'Mwila Banda', email: 'Focal@bravia.example.test' };
    const { caseId } = await world.open({ form: requestForm({ alternateContact }) });
    await end(caseId, FOCAL, 'failed');
    await passes.relay();
    expect(await events(caseId)).toEqual(['focal_point refused', 'alternate nobody']);
    expect((await listed(caseId)).filter((one) => one.includes('mission')).sort()).toEqual([
      `contact_tried ${MISSION}`,
      `receipt ${MISSION}`,
    ]);
  });

  it('to those who work on the case is told to the owner, and one to the owner to the lead', async () => {
    const { caseId } = await world.open();
    await world.send('lead', caseId, { verb: 'assign-owner', body: { ownerId: actor('coordinator').personId } });
    await end(caseId, 'coordinator@example.test', 'failed');
    await passes.relay();
    expect((await listed(caseId)).filter((one) => one.startsWith('not_delivered'))).toEqual([
      'not_delivered lead@example.test',
    ]);
    await end(caseId, 'lead@example.test', 'failed');
    await passes.relay();
    expect((await listed(caseId)).filter((one) => one.startsWith('not_delivered'))).toHaveLength(1);
    expect(await nextStepOf(caseId)).toEqual({ awaiting: 'coordinator' });
  });

  describe('to a responder organisation', () => {
    const second = { name: 'Second', email: 'second@legalaid.example.test' };
    const invited = async () => {
      const { caseId } = await world.open();
      const steps: [string, CaseCommand][] = [
        ['coordinator', acknowledge],
        ['coordinator', { verb: 'verify', body: { means: 'mission', evidence: 'Call.' } }],
        ['coordinator', { verb: 'take', body: {} }],
        [
          'coordinator',
          { verb: 'triage', body: { scope: 'Bill', priority: 'P2', needTypes: ['drafting'], summary: 'Help.' } },
        ],
        ['coordinator', { verb: 'request-consent', body: { audience: 'all_matching', summary: 'Help.' } }],
        ['focalPoint', { verb: 'give-consent', body: {} }],
        ['coordinator', { verb: 'circulate', body: { organisations: ['LEGALAID', 'COALITION'] } }],
      ];
      for (const [who, command] of steps) await world.send(who, caseId, command);
      return caseId;
    };
    const colleague = (roles: string[]) =>
      world.dataSource.manager.insert(Person, {
        ...second,
        id: idOf('person:second'),
        roles: roles as never,
        organisationId: organisationId('legalaid'),
        language: 'en',
        timezone: 'Europe/Zurich',
        active: true,
      });

    it('reaches it as long as one of its people gets it', async () => {
      await colleague(['responder']);
      const caseId = await invited();
      await end(caseId, 'legalaid@example.test', 'failed');
      await passes.relay();
      expect(await events(caseId)).toEqual([]);
      await end(caseId, second.email, 'bounced');
      await passes.relay();
      expect(await events(caseId)).toEqual(['responders bounced', 'others nobody', 'call_due']);
    });

    it('goes to others who have an account there, and never to one that the State has excluded', async () => {
      await colleague([]);
      const caseId = await invited();
      await end(caseId, 'legalaid@example.test', 'failed');
      await passes.relay();
      expect(await events(caseId)).toEqual(['responders refused']);
      expect((await listed(caseId)).filter((one) => one.includes(second.email)).sort()).toEqual([
        `contact_tried ${second.email}`,
        `invitation ${second.email}`,
      ]);
      await world.send('coordinator', caseId, { verb: 'exclude-party', body: { party: 'LEGALAID', reason: 'Asked.' } });
      await end(caseId, second.email, 'bounced');
      await passes.relay();
      const rows = (await mails(caseId)).filter(({ recipient }) => recipient === second.email);
      expect(rows.map(({ state }) => state)).toEqual(['suppressed', 'suppressed']);
      expect(await events(caseId)).toEqual(['responders refused']);
    });
  });
});
