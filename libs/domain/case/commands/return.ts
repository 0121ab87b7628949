import { text } from '../events.js';
import { noOwnerYet } from './no-owner-yet.js';
import { rule } from './rule.js';

/** The owner asks the State questions; the triage clock waits for the answers. */
export const returnForInformation = rule<{ questions: string[] }>({
  who: ['owner'],
  stages: ['triage'],
  records: 'returned',
  unless: noOwnerYet,
  decide: ({ questions }) => [{ type: 'returned', body: { questions: questions.map(text) } }],
});
