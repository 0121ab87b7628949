import { text } from '../events.js';
import { rule } from './rule.js';

/** The State says how the help serves it. */
export const giveView = rule<{ text: string }>({
  who: ['requester'],
  stages: ['delivery'],
  records: 'view_given',
  decide: ({ text: view }) => [{ type: 'view_given', body: { text: text(view) } }],
});
