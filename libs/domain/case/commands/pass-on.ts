import type { Via } from '../answers.js';
import { Refusal } from '../refusal.js';
import { organisationOf, statusOf } from './responder.js';
import { rule } from './rule.js';
import { viaOf } from './via.js';

/** Somebody of the responder has a colleague answer instead, who gets the mails of the case from then on. */
export const passOn = rule<{ email: string } & Via>({
  who: ['invited_responder'],
  stages: 'open',
  records: 'invitation_passed_on',
  unless: (state, actor) =>
    statusOf(state, actor) === 'declined' ? 'You have declined: nobody is asked any more.' : null,
  decide: ({ email, ...via }, state, { actor, colleagues }) => {
    const wanted = email.trim().toLowerCase();
    const colleague = colleagues.find((one) => one.email === wanted);
    // The same words whoever has the address elsewhere: nobody finds out here who has an account.
    if (!colleague)
      throw new Refusal(
        'unknown_subject',
        'email: nobody of your organisation has an account with this address. Your administrator can invite them.',
      );
    const organisationId = organisationOf(actor);
    if ((state.contacts?.[organisationId] ?? null) === colleague.id)
      throw new Refusal('not_possible_now', 'email: this colleague gets the mails of this case already.');
    if (colleague.id === actor.personId && !state.contacts?.[organisationId])
      throw new Refusal('invalid_particulars', 'email: this is your own address. Name a colleague.');
    return [
      {
        type: 'invitation_passed_on',
        body: { organisationId, from: actor.personId, to: colleague.id, ...viaOf(via) },
      },
    ];
  },
});
