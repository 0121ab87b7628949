import { text } from '../events.js';
import { rule } from './rule.js';

/** The case goes back to the stage before its closure; its clocks start a new cycle. */
export const reopen = rule<{ reason: string }>({
  who: ['owner', 'requester'],
  stages: ['closed'],
  records: 'reopened',
  decide: ({ reason }, { stageBeforeClosure }) => [
    { type: 'reopened', body: { reason: text(reason), stage: stageBeforeClosure ?? 'triage' } },
  ],
});
