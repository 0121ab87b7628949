import { randomUUID } from 'node:crypto';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { Milestone } from '#libs/demo/journey.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { CaseWorld } from '../../test/support/case-world.js';

jest.setTimeout(300_000);

const OPENED = Date.parse('2026-11-24T10:00:00Z');
type Step = [who: string, command: CaseCommand | ((state: CaseState, earlier: readonly string[]) => CaseCommand)];
const step = (who: string, verb: CaseCommand['verb'], body: object | ((state: CaseState) => object)): Step => [
  who,
  (state) => ({ verb, body: typeof body === 'function' ? body(state) : body }) as CaseCommand,
];
const said = { text: 'All well.' };
const offerId = ({ offers }: CaseState) => Object.keys(offers)[0];
const done = ({ milestones }: CaseState) => ({
  ...said,
  milestones: Object.keys(milestones).map((id) => ({ id, done: true })),
});

/** Each clock that reminds somebody: how far the case goes, what then begins the clock, and what ends the reason to remind. */
const TABLE: [clock: string, milestone: Milestone, begin: Step[], end: Step][] = [
  [
    'answer',
    'taken',
    [step('coordinator', 'return', { questions: ['Who leads?'] })],
    step('focalPoint', 'answer', { answers: ['Defence.'] }),
  ],
  ['consent', 'consent asked', [], step('focalPoint', 'give-consent', {})],
  ['responder_answer', 'circulated', [], step('legalaid', 'express-interest', {})],
  [
    'offer_decision',
    'offer',
    [],
    step('focalPoint', 'decline-offer', (state) => ({ offerId: offerId(state), reason: 'No.' })),
  ],
  ['responder_update', 'planned', [], step('legalaid', 'update-progress', { ...said, milestones: [] })],
  ['requester_view', 'planned', [], step('focalPoint', 'give-view', said)],
  ['milestone', 'planned', [], step('legalaid', 'update-progress', done)],
  ['heartbeat', 'national process', [], step('focalPoint', 'confirm-current', { step: 'cabinet' })],
  [
    'record_adoption',
    'national process',
    [step('focalPoint', 'confirm-current', { step: 'in_force' })],
    step('focalPoint', 'record-adoption', { title: 'An act', date: '2027-02-01' }),
  ],
  ['reporting', 'adopted', [], step('coordinator', 'record-reporting', { reportDate: '2027-03-01' })],
  ['outcome_form', 'closed', [], step('focalPoint', 'record-outcome', said)],
  ['follow_up', 'closed', [], step('coordinator', 'record-follow-up', { ...said, followUp: '6_months' })],
  [
    'suspension_review',
    'taken',
    [step('coordinator', 'suspend', { reason: 'Elections.', reviewOn: '2027-01-20' })],
    step('coordinator', 'resume', {}),
  ],
];
/** What a reminder may be waiting for when its reason ends. */
const WAITING: Record<string, Partial<Mail>> = {
  hours: { state: 'due', attempts: 0, heldFor: 'hours' },
  digest: { state: 'due', attempts: 0, heldFor: 'digest' },
  'another attempt': { state: 'due', attempts: 3, heldFor: 'retry' },
  'a mailer that has it in hand': { state: 'claimed', attempts: 0 },
  'the answer of a server that will say “later”': { state: 'sending', attempts: 1 },
};

describe('reminders stop at once when their reason ends', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const take = async (caseId: string, [who, command]: Step, at: number) => {
    const { state } = await world.row(caseId);
    await world.send(who, caseId, typeof command === 'function' ? command(state, []) : command, at);
  };
  const broughtTo = (milestone: Milestone) => world.broughtTo(milestone, OPENED);
  const reminderOf = (caseId: string, clock: string) =>
    world.dataSource.manager
      .findBy(Mail, { caseId, kind: 'reminder' })
      .then((rows) =>
        rows.find(
          ({ sequence, party, recipient }) =>
            sequence.startsWith(`${clock}:`) && (party !== 'responder' || recipient.startsWith('legalaid')),
        ),
      );
  /** Lives on until the clock has reminded somebody for the first time. */
  const reminded = async (caseId: string, clock: string): Promise<{ reminder: Mail; at: number }> => {
    for (let turn = 0; turn < 60; turn += 1) {
      const { nextWakeAt } = await world.row(caseId);
      const at = nextWakeAt?.getTime() ?? 0;
      await world.store.wake(caseId, at);
      const reminder = await reminderOf(caseId, clock);
      if (reminder) return { reminder, at };
    }
    throw new Error(`${clock} reminded nobody`);
  };
  /** The same reminder in each state in which it may still be, to somebody who is written to as well. */
  const copies = async (reminder: Mail): Promise<void> => {
    const rows = [...Object.entries(WAITING), ['sent', { state: 'sent' }] as const].map(([what, changes]) => {
      const id = randomUUID();
      return {
        ...reminder,
        id,
        messageId: `<${id}@action48.test>`,
        recipient: `${id}@example.test`,
        recipientName: what,
        ...changes,
      };
    });
    await world.dataSource.manager.insert(Mail, rows);
  };
  const standing = async (caseId: string, sequence: string) => {
    const rows = await world.dataSource.manager.findBy(Mail, { caseId, sequence, kind: 'reminder' });
    return Object.fromEntries(rows.map(({ recipientName, state }) => [recipientName, state]));
  };
  const ALL_STOPPED = { ...Object.fromEntries(Object.keys(WAITING).map((what) => [what, 'suppressed'])), sent: 'sent' };

  it('is tried with every clock that reminds', () => {
    const reminding = DELIVERED_CLOCKS.filter(({ steps }) => steps.some(({ kind }) => kind === 'reminder'));
    expect(TABLE.map(([clock]) => clock).sort()).toEqual(reminding.map(({ name }) => name).sort());
  });

  it.each(TABLE)('of %s', async (clock, milestone, begin, end) => {
    const { caseId, at } = await broughtTo(milestone);
    for (const one of begin) await take(caseId, one, at + 60_000);
    const { reminder, at: told } = await reminded(caseId, clock);
    await copies(reminder);
    await take(caseId, end, told + 60_000);
    expect(await standing(caseId, reminder.sequence)).toMatchObject(ALL_STOPPED);
    const waiting = await world.dataSource.manager.findBy(Mail, { caseId, id: reminder.id });
    expect(waiting.map(({ state }) => state)).toEqual(['suppressed']);
  });

  it('because the case rests, and leaves alone what is owed at least once', async () => {
    const { caseId } = await broughtTo('consent asked');
    const { reminder, at } = await reminded(caseId, 'consent');
    await copies(reminder);
    await take(caseId, step('coordinator', 'suspend', { reason: 'Elections.', reviewOn: '2027-01-20' }), at + 60_000);
    expect(await standing(caseId, reminder.sequence)).toMatchObject(ALL_STOPPED);
    const asked = await world.dataSource.manager.findBy(Mail, { caseId, kind: 'consent_request' });
    expect(asked.map(({ state }) => state)).not.toContain('suppressed');
  });

  it('because the case has ended', async () => {
    const { caseId } = await broughtTo('circulated');
    const { reminder, at } = await reminded(caseId, 'responder_answer');
    await copies(reminder);
    await take(caseId, step('focalPoint', 'withdraw', { reason: 'No longer needed.' }), at + 60_000);
    expect(await standing(caseId, reminder.sequence)).toMatchObject(ALL_STOPPED);
  });

  it('also when it fell due while the step that ends it was on its way', async () => {
    const { caseId } = await broughtTo('consent asked');
    const { nextWakeAt } = await world.row(caseId);
    // Nothing has woken the case: the reminder is recorded by the transaction of the decision itself.
    await take(caseId, step('focalPoint', 'give-consent', {}), (nextWakeAt?.getTime() ?? 0) + 60_000);
    expect(await reminderOf(caseId, 'consent')).toMatchObject({ state: 'suppressed' });
  });
});
