import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';

/** The lead puts a running case on another version of the policy, after seeing what that changes (sla.md 2.5). */
export const applyPolicy = rule<{ version: number; reason: string }>({
  who: ['lead'],
  stages: 'open',
  records: 'policy_applied',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ version, reason }, { policyVersion }, { policyVersions }) => {
    if (!policyVersions.includes(version))
      throw new Refusal('unknown_subject', `version: there is no version ${version} of the policy.`);
    if (version === policyVersion)
      throw new Refusal('not_possible_now', `The case goes by version ${version} of the policy already.`);
    return [{ type: 'policy_applied', body: { version, reason: text(reason) } }];
  },
});
