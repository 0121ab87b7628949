import { text } from '../events.js';
import { rule } from './rule.js';

/** The State takes its request back, at any time. */
export const withdraw = rule<{ reason: string }>({
  who: ['requester'],
  stages: 'open',
  records: 'withdrawn',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ reason }) => [{ type: 'withdrawn', body: { reason: text(reason) } }],
});
