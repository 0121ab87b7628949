import { text } from '../events.js';
import { BEFORE_CIRCULATION } from './stages-before.js';
import { rule } from './rule.js';

/** The request cannot be taken up; the State is told why. */
export const decline = rule<{ reason: string }>({
  who: ['owner'],
  stages: BEFORE_CIRCULATION,
  records: 'declined',
  decide: ({ reason }) => [{ type: 'declined', body: { reason: text(reason) } }],
});
