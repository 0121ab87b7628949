import { text } from '../events.js';
import { isExcluded } from '../exclusions.js';
import { acceptedBy } from '../invitations.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';

/** The State shuts a party out, itself or through the owner: from then on the case is not there for it. */
export const excludeParty = rule<{ party: string; reason: string }>({
  who: ['requester', 'owner'],
  stages: 'open',
  records: 'party_excluded',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ party, reason }, state, { responders }) => {
    const found = responders.find((one) => isExcluded({ excludedParties: [party] }, one));
    if (!found) throw new Refusal('unknown_subject', `party: no responder is known as ${party}.`);
    if (found.code === state.requestingState)
      throw new Refusal('invalid_particulars', `party: ${found.code} itself makes this request.`);
    if (isExcluded(state, found))
      throw new Refusal('not_possible_now', `party: the State has excluded ${found.code} already.`);
    if (acceptedBy(state).includes(found.id))
      throw new Refusal(
        'not_possible_now',
        `party: the State has accepted the offer of ${found.code}, which does the work. Withdraw the request, or have the case closed, to end that.`,
      );
    return [{ type: 'party_excluded', body: { organisationId: found.id, reason: text(reason) } }];
  },
});
