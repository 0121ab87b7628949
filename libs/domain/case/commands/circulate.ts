import { Refusal } from '../refusal.js';
import { codesOf, outside, readsRestricted, resolveOrganisations } from './organisations.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';

/** The summary goes to responders within the State's consent; a further round may reach more of them. */
export const circulate = rule<{ organisations: string[] }>({
  who: ['owner'],
  stages: WITH_RESPONDERS,
  records: 'circulated',
  // Nothing leaves on a consent that was asked for and not given.
  unless: ({ consent }) => (consent?.status === 'given' ? null : 'The State has not agreed to circulation.'),
  decide: ({ organisations }, state, context) => {
    const chosen = resolveOrganisations('organisations', organisations, state, context);
    const agreed = state.consent?.audience ?? [];
    const beyond = agreed === 'all_matching' ? [] : chosen.filter((id) => !agreed.includes(id));
    if (beyond.length && !readsRestricted(state, context))
      throw new Refusal('outside_consent', outside('organisations'));
    if (beyond.length)
      throw new Refusal(
        'outside_consent',
        `organisations: the State has not agreed to ${codesOf(beyond, context)}. Choose among those it has agreed to.`,
      );
    const invited = chosen.filter(
      (id) => !Object.hasOwn(state.invitations, id) || state.invitations[id] === 'declined',
    );
    if (!invited.length)
      throw new Refusal('invalid_particulars', 'organisations: all of these responders have been invited already.');
    return [{ type: 'circulated', body: { organisations: invited, round: state.round + 1 } }];
  },
});
