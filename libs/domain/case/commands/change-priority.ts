import { text } from '../events.js';
import type { Priority } from '../state.js';
import { rule } from './rule.js';

/** The owner changes how urgent the case is. */
export const changePriority = rule<{ priority: Priority; reason?: string }>({
  who: ['owner'],
  stages: 'open',
  records: 'priority_changed',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ priority, reason }) => [
    { type: 'priority_changed', body: { priority, reason: reason ? text(reason) : null } },
  ],
});
