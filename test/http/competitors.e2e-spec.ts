import { Mail } from '#libs/database/entities/mail.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { messageOf } from '#libs/mail/envelope.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const RESPONDERS = { legalaid: 'LEGALAID', helvia: 'QMX', coalition: 'COALITION', zelandia: 'QMY' };
/** Steps whose forms and refusals might speak of others. */
const NOT_THEIRS: Verb[] = ['accept-offer', 'answer-question', 'exclude-party', 'circulate', 'agree-plan'];
type Responder = keyof typeof RESPONDERS;
/** Whose move it is as far as each of them is concerned. */
const OWN_MOVE: Record<Responder, string | null> = {
  legalaid: 'state',
  helvia: 'state',
  coalition: 'coordinator',
  zelandia: 'coordinator',
};
const ALL = Object.keys(RESPONDERS) as Responder[];
const address = (who: string): string => `${who}@demo.action48.test`;
const API = ['', '/timeline', '/mail', '/documents', '/export', ...DELIVERED_CLOCKS.map(({ name }) => explained(name))];
const LISTS = ['', '?queue=awaiting_state', '?queue=due_soon', '?queue=breached', '?q=Bravia', '?stage=matching'];

function explained(name: string): string {
  return `/clocks/${name}/explanation`;
}

describe('responders that compete for one case', () => {
  let system: TestSystem;
  let one: HttpCase;
  const secrets = new Map<Responder, string[]>();
  const offers = new Map<Responder, string>();
  const offer = (who: Responder) => one.does(who, 'make-offer', { text: `The offer of ${who}, in so many words.` });

  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'give-consent');
    await one.does('coordinator', 'circulate', { organisations: Object.values(RESPONDERS) });
    await one.does('coalition', 'express-interest');
    for (const who of ['legalaid', 'helvia'] as const) await offer(who);
    await one.does('coalition', 'ask-question', { question: 'The question of coalition: is there a draft?' });
    await one.does('zelandia', 'decline-invitation', { reason: 'The reason of zelandia: no capacity.' });
    for (const who of ALL) secrets.set(who, await secretsOf(who));
  }, 120_000);
  afterAll(() => system.stop());

  /** Whatever would tell another responder that this one is there. */
  async function secretsOf(who: Responder): Promise<string[]> {
    const { manager } = system.dataSource;
    const organisation = await manager.findOneByOrFail(Organisation, { code: RESPONDERS[who] });
    const person = await manager.findOneByOrFail(Person, { email: address(who) });
    const { offers: made, responderQuestions: asked } = await one.seenBy(who);
    if (made[0]) offers.set(who, made[0].id);
    const ids = [...made, ...asked].map(({ id }: { id: string }) => id);
    const words = [`offer of ${who}`, `question of ${who}`, `reason of ${who}`];
    return [
      organisation.id,
      organisation.code,
      organisation.name,
      person.id,
      person.name,
      person.email,
      ...ids,
      ...words,
    ];
  }

  /** Everything that one responder can get at, as text, by where it came from. */
  async function everythingFor(who: Responder): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    const read = async (path: string) => {
      const { body } = await system.call(who, 'GET', path);
      texts.set(path, typeof body === 'string' ? body : JSON.stringify(body));
    };
    for (const part of API) await read(`/api/v1/cases/${one.reference}${part}`);
    for (const query of LISTS) await read(`/api/v1/cases${query}`);
    for (const path of ['/api/v1/forecast?hours=400', '/invitations', '/queue', '/queue/cases.csv', '/requests'])
      await read(path);
    await read(`/cases/${one.reference}`);
    const { nextActions, clocks } = await one.seenBy(who);
    for (const verb of [...nextActions, ...NOT_THEIRS]) await read(`/cases/${one.reference}/${verb}`);
    for (const { name } of clocks) await read(`/cases/${one.reference}/clocks/${name}`);
    for (const verb of NOT_THEIRS)
      texts.set(`POST ${verb}`, JSON.stringify((await one.tries(who, verb, { offerId: 'x' })).body));
    const mails = await system.dataSource.manager.findBy(Mail, { recipient: address(who) });
    for (const mail of mails)
      texts.set(`mail ${mail.kind}`, JSON.stringify([messageOf(mail, SENDER), mail.parameters]));
    return texts;
  }

  async function expectSilence(): Promise<void> {
    for (const who of ALL) {
      const others = ALL.filter((other) => other !== who).flatMap((other) => secrets.get(other) ?? []);
      const texts = await everythingFor(who);
      const found = [...texts].flatMap(([place, text]) =>
        others.filter((secret) => text.includes(secret)).map((secret) => `${who} finds ${secret} in ${place}`),
      );
      expect(found).toEqual([]);
      // What is their own they do read: silence is not that nothing was looked at.
      const own = texts.get(`/cases/${one.reference}`) ?? '';
      expect(own).toContain(
        who === 'coalition' ? 'question of coalition' : `${who === 'zelandia' ? 'reason' : 'offer'} of ${who}`,
      );
    }
  }

  it('find no word of each other in any page, answer, export or mail while the State decides', expectSilence, 120_000);

  it('are told by lists and cases whose move it would be if they were alone, and not which clock of somebody else comes first', async () => {
    for (const who of ALL) {
      const { awaiting, nextStep, invitations, clocks } = await one.seenBy(who);
      expect({ who, awaiting, nextStep, known: invitations.length }).toEqual({
        who,
        awaiting: OWN_MOVE[who],
        nextStep: null,
        known: 1,
      });
      const { items } = (await system.call(who, 'GET', '/api/v1/cases')).body;
      const nearest = clocks.filter(({ stoppedAt }: { stoppedAt: string | null }) => stoppedAt === null)[0] ?? null;
      expect([items[0].awaiting, items[0].nextStep, items[0].nearest?.name]).toEqual([
        OWN_MOVE[who],
        null,
        nearest?.name,
      ]);
      for (const queue of ['awaiting_state', 'awaiting_responder', 'due_soon', 'breached', 'paused'])
        expect((await system.call(who, 'GET', `/api/v1/cases?queue=${queue}`)).body.items).toEqual([]);
    }
  });

  it('find none after one of them was chosen and the work goes on', async () => {
    await one.does('bravia', 'accept-offer', { offerId: offers.get('legalaid') });
    await one.does('coordinator', 'agree-plan');
    await one.does('legalaid', 'update-progress', { text: 'The offer of legalaid is being carried out.' });
    await expectSilence();
  }, 120_000);
});

describe('a party that the State excludes', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'give-consent');
    await one.does('coordinator', 'circulate', { organisations: ['LEGALAID', 'QMX'] });
    await one.does('helvia', 'ask-question');
    for (const verb of ['suspend', 'resume'] as const) await one.does('coordinator', verb);
  }, 120_000);
  afterAll(() => system.stop());

  const mailsTo = (who: string) => system.dataSource.manager.findBy(Mail, { recipient: address(who) });
  const statesOf = async (who: string) =>
    Object.fromEntries((await mailsTo(who)).map(({ kind, state }) => [kind, state]));

  it('has no such case from then on, on any channel, and what was on its way is not sent', async () => {
    expect((await one.get('helvia')).status).toBe(200);
    // An answer to the invitation came before it was sent; the others wait for working hours, and for a digest.
    expect(await statesOf('helvia')).toEqual({ invitation: 'suppressed', suspended: 'due', resumed: 'due' });
    const after = await one.does('bravia', 'exclude-party', { party: 'Helvia', reason: 'A border dispute.' });
    expect(after.invitations.map(({ organisation }: { organisation: { code: string } }) => organisation.code)).toEqual([
      'LEGALAID',
    ]);
    for (const part of API) {
      const { status } = await one.get('helvia', part);
      expect({ part, status }).toEqual({ part, status: 404 });
    }
    for (const path of [`/cases/${one.reference}`, `/cases/${one.reference}/make-offer`])
      expect((await system.call('helvia', 'GET', path)).status).toBe(404);
    expect((await one.tries('helvia', 'make-offer')).status).toBe(404);
    for (const query of LISTS)
      expect((await system.call('helvia', 'GET', `/api/v1/cases${query}`)).body.items).toEqual([]);
    expect(new Set(Object.values(await statesOf('helvia')))).toEqual(new Set(['suppressed']));
  });

  it('is told nothing of what happens afterwards, and its open question waits for nobody', async () => {
    const { responderQuestions, awaiting, excludedParties } = await one.seenBy('coordinator');
    expect([responderQuestions.length, awaiting, excludedParties]).toEqual([1, 'responder', ['Helvia']]);
    await one.does('coordinator', 'suspend');
    await one.does('coordinator', 'resume');
    await one.does('legalaid', 'make-offer');
    await one.does('bravia', 'withdraw');
    expect(await mailsTo('helvia')).toHaveLength(3);
    expect((await mailsTo('legalaid')).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['suspended', 'resumed', 'case_ended']),
    );
  });

  it('is not told to the others either, who see nothing of it', async () => {
    for (const part of ['', '/timeline', '/export']) {
      const text = JSON.stringify((await one.get('legalaid', part)).body);
      for (const secret of ['Helvia', 'QMX', 'border dispute', 'party_excluded']) expect(text).not.toContain(secret);
    }
  });

  it('stands in no list from which the owner chooses', async () => {
    const other = await HttpCase.after(system, 'give-consent', { excludedParties: ['Demo Coalition'] });
    await other.does('coordinator', 'exclude-party', { party: 'QMX', reason: 'The State said so by telephone.' });
    const { body } = await system.call('coordinator', 'GET', `/cases/${other.reference}/circulate`);
    for (const name of ['Helvia', 'Demo Coalition']) expect(body).not.toContain(name);
    for (const name of ['Zelandia', 'Demo Legal Aid Network']) expect(body).toContain(name);
    const tried = await other.tries('coordinator', 'circulate', { organisations: ['QMX'] });
    expect([tried.status, tried.body.detail]).toEqual([409, expect.stringContaining('QMX')]);
  });
});

describe('what the State agrees to show', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 120_000);
  afterAll(() => system.stop());

  it('is all that responders ever read: the summary alone, in no page, answer or export more', async () => {
    const one = await HttpCase.after(system, 'request-consent');
    const { request } = await one.seenBy('bravia');
    await one.does('bravia', 'give-consent', { shows: 'summary' });
    await one.does('coordinator', 'circulate', { organisations: ['LEGALAID'] });
    const seen = await one.seenBy('legalaid');
    expect([seen.summary, seen.needTypes, Object.keys(seen.request)]).toEqual([
      'Help with a bill.',
      [],
      expect.not.arrayContaining(['needDescription', 'expectedResult', 'leadMinistry', 'funding']),
    ]);
    const places = [
      `/cases/${one.reference}`,
      '/invitations',
      ...['', '/timeline', '/export', '/mail'].map((part) => `/api/v1/cases/${one.reference}${part}`),
    ];
    for (const place of places) {
      const text = JSON.stringify((await system.call('legalaid', 'GET', place)).body);
      for (const secret of [request.needDescription, request.expectedResult, request.leadMinistry])
        expect({ place, found: text.includes(String(secret)) }).toEqual({ place, found: false });
    }
  });
});
