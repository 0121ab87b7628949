import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import type { CaseState } from '#libs/domain/case/state.js';
import type { NeedType } from '#libs/domain/case/request-form.js';

/**
 * Somebody doing something on a day of the case's life (0 = the day of the request). `earlier` holds the references of the
 * stories told before.
 */
export interface Deed {
  day: number;
  /** `requester`, or the part of a demo address before the `@`. */
  who: string;
  command: CaseCommand | ((state: CaseState, earlier: readonly string[]) => CaseCommand);
}

const RESPONDERS = ['LEGALAID', 'COALITION', 'QMX'];
const SUMMARY = 'The State asks for help with the national measures that Article 9 requires.';

const openOffer = ({ offers }: CaseState): string =>
  Object.entries(offers).find(([, { status }]) => status === 'open')?.[0] ?? '';

/** What usually happens, in order; `days` from the request. A case of the demonstration goes some way along it. */
export const USUAL_WAY = [
  'acknowledged',
  'verified',
  'taken',
  'triaged',
  'consent asked',
  'consent given',
  'circulated',
  'interest',
  'offer',
  'accepted',
  'planned',
  'progress',
  'national process',
  'current',
  'adopted',
  'reported',
  'closed',
] as const;
export type Milestone = (typeof USUAL_WAY)[number];

/** The civil date (UTC) so many days after an instant. */
export const inDays = (from: number, days: number): string =>
  new Date(from + days * 86_400_000).toISOString().slice(0, 10);

/** The deeds that bring a case to a milestone; `openedAt` (epoch ms) dates offers and plans. */
export function deedsUntil(
  milestone: Milestone | 'opened',
  needs: NeedType[],
  openedAt: number,
  owner: string,
): Deed[] {
  const date = (day: number) => inDays(openedAt, day);
  const all = { ...fromRequestToOffer(needs, owner, date), ...fromPlanToClosure(owner, date) };
  const last = milestone === 'opened' ? 0 : USUAL_WAY.indexOf(milestone) + 1;
  return USUAL_WAY.slice(0, last).map((step) => all[step]);
}

type DateOf = (day: number) => string;

const fromRequestToOffer = (needs: NeedType[], owner: string, date: DateOf) => ({
  acknowledged: deed(1, owner, {
    verb: 'acknowledge',
    body: { message: 'We have your request and will check it this week.' },
  }),
  verified: deed(3, owner, {
    verb: 'verify',
    body: { means: 'mission', evidence: 'Confirmed by the mission in Geneva by telephone.' },
  }),
  taken: deed(3, owner, { verb: 'take', body: {} }),
  triaged: deed(6, owner, {
    verb: 'triage',
    body: { scope: 'Law and penal sanctions', priority: 'P2', needTypes: needs, summary: SUMMARY },
  }),
  'consent asked': deed(7, owner, { verb: 'request-consent', body: { audience: 'all_matching', summary: SUMMARY } }),
  'consent given': deed(13, 'requester', { verb: 'give-consent', body: {} }),
  circulated: deed(14, owner, { verb: 'circulate', body: { organisations: RESPONDERS } }),
  interest: deed(21, 'legalaid', { verb: 'express-interest', body: {} }),
  offer: deed(25, 'legalaid', {
    verb: 'make-offer',
    body: {
      text: 'Two remote sessions with a drafter who knows your legal system.',
      from: date(60),
      to: date(150),
      funding: 'in_kind',
    },
  }),
  accepted: {
    day: 33,
    who: 'requester',
    command: (state: CaseState): CaseCommand => ({ verb: 'accept-offer', body: { offerId: openOffer(state) } }),
  },
});

const fromPlanToClosure = (owner: string, date: DateOf) => ({
  planned: deed(42, owner, {
    verb: 'agree-plan',
    body: {
      language: 'en',
      payer: 'The responder',
      milestones: [
        { title: 'First draft of the bill', dueOn: date(75), responsible: 'Responder' },
        { title: 'Legal review against the model law', dueOn: date(105), responsible: 'Responder' },
      ],
    },
  }),
  progress: {
    day: 60,
    who: 'legalaid',
    command: ({ milestones }: CaseState): CaseCommand => ({
      verb: 'update-progress',
      body: {
        text: 'The first draft is with the ministry.',
        milestones: Object.keys(milestones)
          .slice(0, 1)
          .map((id) => ({ id, done: true })),
      },
    }),
  },
  'national process': deed(74, owner, {
    verb: 'start-national-process',
    body: { lawTitle: 'Cluster Munitions (Prohibition) Bill', step: 'consultation' },
  }),
  current: deed(150, 'requester', {
    verb: 'confirm-current',
    body: { step: 'tabled', text: 'First reading is planned.' },
  }),
  adopted: deed(200, 'requester', {
    verb: 'record-adoption',
    body: { title: 'Cluster Munitions (Prohibition) Act', number: '12', date: date(195) },
  }),
  reported: deed(215, owner, { verb: 'record-reporting', body: { reportDate: date(212) } }),
  closed: deed(218, owner, {
    verb: 'close',
    body: { outcome: 'measure_adopted', text: 'The Act is in force and reported.' },
  }),
});

export const deed = (day: number, who: string, command: CaseCommand): Deed => ({ day, who, command });
