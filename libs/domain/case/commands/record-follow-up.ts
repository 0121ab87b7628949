import { text } from '../events.js';
import type { FollowUp } from '../events.js';
import { rule } from './rule.js';

/** The check six and twelve months after closure. */
export const recordFollowUp = rule<{ followUp: FollowUp; text: string }>({
  who: ['owner'],
  stages: ['closed'],
  records: 'follow_up_recorded',
  decide: ({ followUp, text: words }) => [{ type: 'follow_up_recorded', body: { followUp, text: text(words) } }],
});
