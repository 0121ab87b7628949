import { text } from '../events.js';
import { rule } from './rule.js';

/** An internal note: neither the State nor responders ever see it, and it stops no clock. */
export const addNote = rule<{ text: string }>({
  who: ['owner'],
  stages: 'open',
  records: 'note_added',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ text: words }) => [{ type: 'note_added', body: { text: text(words) } }],
});
