import type { NeedType } from '#libs/domain/case/request-form.js';
import type { Stage } from '#libs/domain/case/stages.js';
import { CaseStory, inGeneva } from './case-story.js';

const SUMMARY = 'Help with a bill.';
const later = (story: CaseStory, days: number): string => inGeneva(story.now + days * 86_400_000).slice(0, 10);

const WAY: [Stage, (story: CaseStory) => void][] = [
  ['verification', (story) => story.does('coordinator', 'acknowledge', { message: 'We have it.' })],
  [
    'triage',
    (story) => {
      story.does('coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' });
      story.does('owner', 'take', {});
    },
  ],
  [
    'consent',
    (story) => {
      const { needTypes } = story.state;
      story.does('owner', 'triage', { scope: 'The bill', priority: 'P2', needTypes, summary: SUMMARY });
      story.does('owner', 'request-consent', { audience: 'all_matching', summary: SUMMARY });
    },
  ],
  [
    'circulated',
    (story) => {
      story.does('focal point', 'give-consent', {});
      story.does('owner', 'circulate', { organisations: ['LEGALAID', 'COALITION'] });
    },
  ],
  [
    'matching',
    (story) =>
      story.does('legalaid', 'make-offer', {
        text: 'Two sessions.',
        from: later(story, 10),
        to: later(story, 90),
        funding: 'none',
      }),
  ],
  [
    'planned',
    (story) => story.does('focal point', 'accept-offer', { offerId: Object.keys(story.state.offers)[0] ?? '' }),
  ],
  [
    'delivery',
    (story) =>
      story.does('owner', 'agree-plan', {
        milestones: [{ title: 'First draft', dueOn: later(story, 60), responsible: 'Legal Aid' }],
        language: 'en',
        payer: 'Legal Aid',
      }),
  ],
  [
    'national_process',
    (story) => story.does('owner', 'start-national-process', { lawTitle: 'A bill', step: 'cabinet' }),
  ],
  ['reporting', (story) => story.does('focal point', 'record-adoption', { title: 'An act', date: later(story, 0) })],
  [
    'closed',
    (story) => {
      story.does('owner', 'record-reporting', { reportDate: later(story, 0) });
      story.does('owner', 'close', { outcome: 'measure_adopted', text: 'In force.' });
    },
  ],
];

/** A request for a law (or other help) brought to a stage on the usual way, all on one morning. */
export function broughtTo(
  stage: Stage,
  openedAt = '2026-11-24 10:00',
  needTypes: NeedType[] = ['drafting'],
  excludedParties: string[] = [],
): CaseStory {
  if (stage === 'returned') {
    const story = broughtTo('triage', openedAt, needTypes, excludedParties);
    story.does('owner', 'return', { questions: ['Which ministry leads?'] });
    return story;
  }
  if (stage === 'unmatched') {
    const story = broughtTo('circulated', openedAt, needTypes, excludedParties);
    return story.passTo(story.now + 64 * 86_400_000);
  }
  const story = new CaseStory(openedAt, { needTypes, excludedParties });
  for (const [reached, go] of WAY) {
    if (story.state.stage === stage) break;
    go(story);
    if (story.state.stage !== reached) throw new Error(`on the way to ${stage}, ${reached} was not reached`);
  }
  return story;
}
