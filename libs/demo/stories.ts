import type { NeedType } from '#libs/domain/case/request-form.js';
import { deed, inDays } from './journey.js';
import type { Deed, Milestone } from './journey.js';

/** One case of the demonstration: whose, how long ago it came, how far it got, and what else happened. */
export interface Story {
  state: string;
  daysAgo: number;
  until: Milestone | 'opened';
  needs?: NeedType[];
  owner?: string;
  more?: Deed[];
}

const LAW: NeedType[] = ['drafting', 'penal_sanctions'];
const TRAINING: NeedType[] = ['training'];
const SECOND = 'coordinator2';
const returned = (day: number): Deed =>
  deed(day, 'coordinator', {
    verb: 'return',
    body: { questions: ['Which ministry leads?', 'Is there a draft already?'] },
  });

/** Every stage and side state; some late, some paused, some with offers. States and organisations are invented. */
export const STORIES: Story[] = [
  // Submitted
  { state: 'QMB', daysAgo: 0, until: 'opened', needs: LAW },
  { state: 'QMA', daysAgo: 1, until: 'opened', needs: ['gap_analysis'] },
  { state: 'QME', daysAgo: 8, until: 'opened', needs: ['review_of_draft'] },
  // Verification
  { state: 'QMF', daysAgo: 4, until: 'acknowledged', needs: LAW },
  { state: 'QMG', daysAgo: 16, until: 'acknowledged', needs: ['translation'] },
  // Triage
  { state: 'QMH', daysAgo: 4, until: 'verified', needs: LAW },
  { state: 'QMI', daysAgo: 6, until: 'taken', needs: ['amend_existing_law'] },
  { state: 'QMB', daysAgo: 21, until: 'taken', needs: TRAINING, owner: SECOND },
  // Returned for information: paused
  { state: 'QMD', daysAgo: 12, until: 'taken', needs: LAW, more: [returned(5)] },
  // Consent
  { state: 'QMJ', daysAgo: 8, until: 'triaged', needs: LAW },
  { state: 'QMA', daysAgo: 12, until: 'consent asked', needs: LAW },
  { state: 'QMK', daysAgo: 32, until: 'consent asked', needs: ['regulations'], owner: SECOND },
  // Circulated
  { state: 'QML', daysAgo: 14, until: 'consent given', needs: LAW },
  { state: 'QMB', daysAgo: 30, until: 'circulated', needs: ['penal_sanctions'] },
  { state: 'QMD', daysAgo: 48, until: 'circulated', needs: LAW, owner: SECOND },
  {
    state: 'QMF',
    daysAgo: 26,
    until: 'circulated',
    needs: ['investment_prohibition'],
    more: [deed(18, 'helvia', { verb: 'ask-question', body: { question: 'Does the bill cover key components?' } })],
  },
  // Matching
  { state: 'QMG', daysAgo: 34, until: 'interest', needs: LAW },
  { state: 'QMB', daysAgo: 38, until: 'offer', needs: LAW },
  { state: 'QMH', daysAgo: 62, until: 'offer', needs: ['ratification_package'], owner: SECOND },
  // Unmatched, the second one on the agenda of the Coordination Committee
  { state: 'QMI', daysAgo: 80, until: 'circulated', needs: ['peer_exchange'] },
  { state: 'QMJ', daysAgo: 120, until: 'circulated', needs: LAW },
  // Planned
  { state: 'QMK', daysAgo: 44, until: 'accepted', needs: LAW },
  // Delivery
  { state: 'QMA', daysAgo: 68, until: 'progress', needs: LAW },
  { state: 'QML', daysAgo: 110, until: 'planned', needs: LAW, owner: SECOND },
  { state: 'QMD', daysAgo: 66, until: 'progress', needs: TRAINING },
  // National process: current, silent for long, dormant
  { state: 'QMB', daysAgo: 160, until: 'current', needs: LAW },
  { state: 'QME', daysAgo: 300, until: 'national process', needs: LAW },
  { state: 'QMF', daysAgo: 470, until: 'national process', needs: LAW },
  // Reporting
  { state: 'QMG', daysAgo: 205, until: 'adopted', needs: LAW },
  { state: 'QMH', daysAgo: 222, until: 'reported', needs: LAW },
  // Closed
  { state: 'QMA', daysAgo: 225, until: 'closed', needs: LAW },
  {
    state: 'QMI',
    daysAgo: 300,
    until: 'progress',
    needs: TRAINING,
    more: [
      deed(90, 'coordinator', { verb: 'close', body: { outcome: 'help_delivered', text: 'The course was held.' } }),
    ],
  },
  // Side states
  {
    state: 'QMD',
    daysAgo: 40,
    until: 'triaged',
    needs: LAW,
    more: [
      deed(9, 'coordinator', {
        verb: 'suspend',
        body: { reason: 'Elections; no lead ministry yet.', reviewOn: inDays(Date.now(), 60) },
      }),
    ],
  },
  { state: 'QMJ', daysAgo: 90, until: 'taken', needs: LAW, more: [returned(5)] },
  {
    state: 'QMK',
    daysAgo: 20,
    until: 'verified',
    needs: TRAINING,
    more: [deed(5, 'requester', { verb: 'withdraw', body: { reason: 'Another body will hold the training.' } })],
  },
  {
    state: 'QML',
    daysAgo: 25,
    until: 'taken',
    needs: ['other'],
    more: [
      deed(5, 'coordinator', { verb: 'decline', body: { reason: 'The Convention does not cover what is asked for.' } }),
    ],
  },
  {
    state: 'QME',
    daysAgo: 28,
    until: 'taken',
    needs: ['other'],
    more: [
      deed(5, 'coordinator', {
        verb: 'refer',
        body: { to: 'Coordinators on clearance', reason: 'This concerns Article 4.' },
      }),
    ],
  },
  // Sent twice: the second one is merged into the first, Bravia's training of three weeks ago.
  {
    state: 'QMB',
    daysAgo: 9,
    until: 'taken',
    needs: TRAINING,
    more: [
      {
        day: 6,
        who: 'coordinator',
        command: (_, earlier) => ({ verb: 'merge', body: { into: earlier[TRAINING_OF_BRAVIA] ?? '' } }),
      },
    ],
  },
];

const TRAINING_OF_BRAVIA = 7;
