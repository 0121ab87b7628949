import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import type { Audience, CaseState } from '../state.js';
import { resolveOrganisations } from './organisations.js';
import { rule } from './rule.js';

export const notAsked = ({ consent }: CaseState): string | null =>
  consent?.status === 'requested' ? null : 'Consent has not been asked for yet.';

/** The State agrees to circulation, to the audience shown or to fewer. */
export const giveConsent = rule<{ audience?: Audience; reason?: string }>({
  who: ['requester'],
  stages: ['consent'],
  records: 'consent_given',
  unless: notAsked,
  decide: ({ audience, reason }, state, context) => {
    const asked = state.consent?.audience ?? [];
    const agreed =
      audience === undefined || audience === 'all_matching'
        ? (audience ?? asked)
        : resolveOrganisations('audience', audience, state, context);
    if (!isWithin(agreed, asked))
      throw new Refusal(
        'outside_consent',
        'audience: names responders that the coordinator did not propose. Choose among those, or refuse and say whom to ask.',
      );
    return [{ type: 'consent_given', body: { audience: agreed, reason: reason ? text(reason) : null } }];
  },
});

function isWithin(agreed: Audience, asked: Audience): boolean {
  if (asked === 'all_matching') return true;
  return agreed !== 'all_matching' && agreed.every((id) => asked.includes(id));
}
