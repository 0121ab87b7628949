import { text } from '../events.js';
import { rule } from './rule.js';

/** A coordinator tells the State that a person has its request. */
export const acknowledge = rule<{ message: string }>({
  who: ['coordinator'],
  stages: ['submitted'],
  records: 'acknowledged',
  decide: ({ message }) => [{ type: 'acknowledged', body: { message: text(message) } }],
});
