import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';

const LONGEST_DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The case rests for a reason outside it, until a review date at most 180 days away. */
export const suspend = rule<{ reason: string; reviewOn: string }>({
  who: ['owner'],
  stages: 'open',
  records: 'suspended',
  decide: ({ reason, reviewOn }, _, { now }) => {
    const daysAway = (Date.parse(reviewOn) - now) / DAY_MS;
    if (daysAway <= 0 || daysAway > LONGEST_DAYS)
      throw new Refusal('invalid_particulars', `reviewOn: must be within the next ${LONGEST_DAYS} days.`);
    return [{ type: 'suspended', body: { reason: text(reason), reviewOn } }];
  },
});
