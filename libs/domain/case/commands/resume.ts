import { rule } from './rule.js';

/** A suspended or dormant case goes on where it stood. */
export const resume = rule<object>({
  who: ['owner'],
  stages: 'open',
  records: 'resumed',
  evenWhen: ['suspended', 'dormant'],
  unless: ({ sideState }) => (sideState ? null : 'The case is not suspended.'),
  decide: () => [{ type: 'resumed', body: {} }],
});
