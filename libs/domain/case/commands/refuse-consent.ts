import { text } from '../events.js';
import { notAsked } from './give-consent.js';
import { rule } from './rule.js';

/** The State does not agree; nothing is circulated, and the owner may ask again with another audience. */
export const refuseConsent = rule<{ reason: string }>({
  who: ['requester'],
  stages: ['consent'],
  records: 'consent_refused',
  unless: notAsked,
  decide: ({ reason }) => [{ type: 'consent_refused', body: { reason: text(reason) } }],
});
