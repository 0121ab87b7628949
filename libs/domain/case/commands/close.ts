import { text } from '../events.js';
import type { Outcome } from '../events.js';
import { rule } from './rule.js';

/** The case has its outcome; only the outcome form and the follow-ups remain. */
export const close = rule<{ outcome: Outcome; text: string }>({
  who: ['owner'],
  stages: ['delivery', 'reporting', 'unmatched'],
  records: 'closed',
  unless: ({ stage, law, reported }) => {
    if (stage === 'delivery' && law)
      return 'A law is to follow: start the national process. The case stays open until it is adopted and reported.';
    return stage === 'reporting' && !reported ? 'Record the Article 7 report first.' : null;
  },
  decide: ({ outcome, text: words }) => [{ type: 'closed', body: { outcome, text: text(words) } }],
});
