import { text } from '../events.js';
import { rule } from './rule.js';

/** Whoever asked may not speak for the State. */
export const reject = rule<{ reason: string }>({
  who: ['coordinator'],
  stages: ['verification'],
  records: 'rejected',
  decide: ({ reason }) => [{ type: 'rejected', body: { reason: text(reason) } }],
});
