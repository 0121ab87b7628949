import { SHORTEST_REASON } from './commands/break-glass.js';
import type { BodyOf, CaseCommand, Verb } from './commands/index.js';
import type { DecisionContext, Responder } from './commands/rule.js';
import { FOLLOW_UPS } from './events.js';
import type { CaseState } from './state.js';

const DAY_MS = 24 * 3_600_000;

/** Stands for whoever will be chosen, where clocks do not depend on the choice. */
const ANYBODY: Responder = { id: 'anybody', code: 'anybody', name: 'anybody' };

/** What the rules may look at when a command is only tried. */
export const TRIAL_CONTEXT = (state: CaseState): Partial<DecisionContext> => ({
  responders: [...consented(state), ...Object.keys(state.invitations), ANYBODY.id].map((id) => ({
    ...ANYBODY,
    id,
    code: id,
  })),
  colleagues: [{ id: ANYBODY.id, email: ANYBODY.id }],
  coordinators: [ANYBODY.id],
});

type Bodies = { [V in Verb]: (state: CaseState, at: number) => BodyOf<V> };
const said = '…';
const civil = (at: number, days: number): string => new Date(at + days * DAY_MS).toISOString().slice(0, 10);
const given = { reason: () => ({ reason: said }), text: () => ({ text: said }), nothing: () => ({}) };

/** A command of each verb as far as the clocks depend on it: what a person will write is not known yet, and decides nothing. */
const BODIES: Bodies = {
  acknowledge: () => ({ message: said }),
  take: given.nothing,
  'assign-owner': () => ({ ownerId: ANYBODY.id }),
  'hand-over': () => ({ to: ANYBODY.id, reason: said }),
  'accept-hand-over': given.nothing,
  'reject-hand-over': given.reason,
  'withdraw-hand-over': given.nothing,
  verify: () => ({ means: 'mission', evidence: said }),
  reject: given.reason,
  triage: ({ priority, needTypes }) => ({ scope: said, priority: priority ?? 'P2', needTypes, summary: said }),
  return: () => ({ questions: [said] }),
  answer: () => ({ answers: [said] }),
  refer: () => ({ to: said, reason: said }),
  decline: given.reason,
  merge: () => ({ into: said }),
  'request-consent': () => ({ audience: 'all_matching', summary: said }),
  'give-consent': given.nothing,
  'refuse-consent': given.reason,
  'exclude-party': () => ({ party: ANYBODY.id, reason: said }),
  circulate: (state) => ({ organisations: [invitable(state)] }),
  'express-interest': given.nothing,
  'decline-invitation': given.reason,
  'ask-for-time': (_, at) => ({ until: civil(at, 7) }),
  'ask-question': () => ({ question: said }),
  'answer-question': () => ({ questionId: '', answer: said }),
  'pass-on': () => ({ email: ANYBODY.id }),
  'make-offer': (_, at) => ({ text: said, from: civil(at, 1), to: civil(at, 2), funding: 'none' }),
  'accept-offer': () => ({ offerId: '' }),
  'decline-offer': () => ({ offerId: '', reason: said }),
  'agree-plan': (_, at) => ({
    milestones: [{ title: said, dueOn: civil(at, 30), responsible: said }],
    language: said,
    payer: said,
  }),
  'update-progress': given.text,
  'give-view': given.text,
  'start-national-process': () => ({ lawTitle: said, step: 'drafting' }),
  'confirm-current': () => ({ step: 'drafting' }),
  'record-adoption': (_, at) => ({ title: said, date: civil(at, 0) }),
  'record-reporting': (_, at) => ({ reportDate: civil(at, 0) }),
  close: () => ({ outcome: 'help_delivered', text: said }),
  'record-outcome': given.text,
  'record-follow-up': () => ({ followUp: '6_months', text: said }),
  reopen: given.reason,
  withdraw: given.reason,
  suspend: (_, at) => ({ reason: said, reviewOn: civil(at, 30) }),
  resume: given.nothing,
  'change-priority': ({ priority }) => ({ priority: priority ?? 'P2' }),
  'log-contact': () => ({ with: said, means: 'call', text: said }),
  'add-note': given.text,
  'break-glass': () => ({ reason: said.repeat(SHORTEST_REASON) }),
  'excuse-breach': ({ breaches }) => {
    const [clock = '', subject = '', cycle] =
      Object.keys(breaches)
        .find((key) => breaches[key] === 'standing')
        ?.split('|') ?? [];
    return { clock, subject, cycle: Number(cycle), reason: said };
  },
};

/** An answer of a form on which it depends what a command does to the clocks. */
interface DecidingField {
  field: string;
  /** One of the values is always given; otherwise any number of them, also none. */
  compulsory: boolean;
  values: (state: CaseState) => string[];
  body: (value: string) => object;
}

const one = (field: string, values: DecidingField['values']): DecidingField => ({
  field,
  compulsory: true,
  values,
  body: (value) => ({ [field]: value }),
});
const openOffers = one('offerId', ({ offers }) => Object.keys(offers).filter((id) => offers[id]?.status === 'open'));

const DECIDING_FIELDS: { [V in Verb]?: DecidingField } = {
  'answer-question': one('questionId', ({ questions }) =>
    Object.keys(questions).filter((id) => !questions[id]?.answered),
  ),
  'accept-offer': openOffers,
  'decline-offer': openOffers,
  'exclude-party': one('party', ({ invitations }) => [ANYBODY.id, ...Object.keys(invitations)]),
  'record-follow-up': one('followUp', () => [...FOLLOW_UPS]),
  'update-progress': {
    field: 'milestones',
    compulsory: false,
    values: ({ milestones }) => Object.keys(milestones).filter((id) => !milestones[id]?.done),
    body: (id) => ({ milestones: [{ id, done: true }] }),
  },
};

/** A command that its form may send: `value` is what was chosen in `field`, null for nothing. */
export interface TrialCommand {
  command: CaseCommand;
  field: string | null;
  value: string | null;
}

/** The commands that a verb's form allows, as far as they differ for the clocks. `at`: epoch ms. */
export function trialCommands(verb: Verb, state: CaseState, at: number): TrialCommand[] {
  const body = BODIES[verb](state, at);
  const deciding = DECIDING_FIELDS[verb];
  const trial = (field: string | null, value: string | null, more: object = {}): TrialCommand => ({
    command: { verb, body: { ...body, ...more } } as CaseCommand,
    field,
    value,
  });
  if (!deciding) return [trial(null, null)];
  const { field, compulsory, values, body: of } = deciding;
  return [...(compulsory ? [] : [trial(field, null)]), ...values(state).map((value) => trial(field, value, of(value)))];
}

const consented = ({ consent }: CaseState): readonly string[] =>
  consent && consent.audience !== 'all_matching' ? consent.audience : [];

/** Somebody who may be invited: whom the State has agreed to, and who has not been asked or has declined. */
const invitable = (state: CaseState): string =>
  consented(state).find((id) => !Object.hasOwn(state.invitations, id) || state.invitations[id] === 'declined') ??
  ANYBODY.id;
