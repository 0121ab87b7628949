import { text } from '../events.js';
import { rule } from './rule.js';

/** A call or meeting is put on file. It stops no clock. */
export const logContact = rule<{ with: string; means: string; text: string }>({
  who: ['owner'],
  stages: 'open',
  records: 'contact_logged',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ with: person, means, text: words }) => [
    { type: 'contact_logged', body: { with: text(person), means, text: text(words) } },
  ],
});
