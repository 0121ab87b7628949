import { text } from '../events.js';
import { rule } from './rule.js';

/** The State answers the questions, also after the case has gone dormant. */
export const answer = rule<{ answers: string[] }>({
  who: ['requester'],
  stages: ['returned'],
  records: 'answered',
  evenWhen: ['dormant'],
  decide: ({ answers }) => [{ type: 'answered', body: { answers: answers.map(text) } }],
});
