import { text } from '../events.js';
import { BEFORE_CIRCULATION } from './stages-before.js';
import { rule } from './rule.js';

/** The request belongs elsewhere (Articles 3 to 6, another treaty) and is handed over. */
export const refer = rule<{ to: string; reason: string }>({
  who: ['owner'],
  stages: BEFORE_CIRCULATION,
  records: 'referred',
  decide: ({ to, reason }) => [{ type: 'referred', body: { to: text(to), reason: text(reason) } }],
});
