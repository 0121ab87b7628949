import { text } from '../events.js';
import type { VerificationMeans } from '../events.js';
import { rule } from './rule.js';

/** A coordinator has checked that whoever asks may speak for the State. */
export const verify = rule<{ means: VerificationMeans; evidence: string }>({
  who: ['coordinator'],
  stages: ['verification'],
  records: 'authority_verified',
  decide: ({ means, evidence }) => [{ type: 'authority_verified', body: { means, evidence: text(evidence) } }],
});
