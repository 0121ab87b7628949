import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import type { Audience, CaseState, Shown } from '../state.js';
import { resolveOrganisations } from './organisations.js';
import { rule } from './rule.js';

export const notAsked = ({ consent }: CaseState): string | null =>
  consent?.status === 'requested' ? null : 'Consent has not been asked for yet.';

/** The State agrees to circulation, to the audience shown or to fewer, of what was proposed or of the summary alone. */
export const giveConsent = rule<{ audience?: Audience; shows?: Shown; reason?: string }>({
  who: ['requester'],
  stages: ['consent'],
  records: 'consent_given',
  unless: notAsked,
  decide: ({ audience, shows, reason }, state, context) => {
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
    if (shows === 'request' && state.consent?.shows === 'summary')
      throw new Refusal(
        'outside_consent',
        'shows: only the summary is to be circulated; the coordinator did not propose more.',
      );
    const shown = shows ?? state.consent?.shows;
    const only = shown === 'summary' && { shows: shown };
    return [{ type: 'consent_given', body: { audience: agreed, reason: reason ? text(reason) : null, ...only } }];
  },
});

function isWithin(agreed: Audience, asked: Audience): boolean {
  if (asked === 'all_matching') return true;
  return agreed !== 'all_matching' && agreed.every((id) => asked.includes(id));
}
