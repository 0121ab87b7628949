import { STATE_SIDE } from '../contact-ladder.js';
import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { STAGES } from '../stages.js';
import { rule } from './rule.js';

/**
 * A call or meeting is put on file. It stops no clock. `reached`: the side that was reached (`requester`, or the id of an
 * invited organisation), which is written to as at the beginning from then on. Also of a closed case: its outcome is asked for.
 */
export const logContact = rule<{ with: string; means: string; text: string; reached?: string }>({
  who: ['owner'],
  stages: STAGES,
  records: 'contact_logged',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ with: person, means, text: words, reached }, { invitations }) => {
    if (reached && reached !== STATE_SIDE && !Object.hasOwn(invitations, reached))
      throw new Refusal(
        'unknown_subject',
        'reached: no such side. Give requester for the State, or the id of an invited organisation.',
      );
    const body = { with: text(person), means, text: text(words), ...(reached && { reached }) };
    return [{ type: 'contact_logged', body }];
  },
});
