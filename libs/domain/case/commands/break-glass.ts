import { visibleFields } from '../../access/visible-fields.js';
import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { SIDE_STATES, STAGES } from '../stages.js';
import { rule } from './rule.js';

/** Hours for which the case stands open to the lead. */
export const GLASS_HOURS = 24;
/** Characters: enough to say what for. */
export const SHORTEST_REASON = 20;

/**
 * The lead opens what is restricted without being on the case, for a stated reason and a day. The owner and the State
 * are told at once; when the day is over, the right ends by itself.
 */
export const breakGlass = rule<{ reason: string }>({
  who: ['lead'],
  stages: STAGES,
  records: 'glass_broken',
  evenWhen: SIDE_STATES,
  unless: (state, actor) =>
    visibleFields(actor, state, Infinity).has('restricted') ? 'You may read all of this case as it is.' : null,
  decide: ({ reason }, _, { actor, now }) => {
    if (reason.trim().length < SHORTEST_REASON)
      throw new Refusal('invalid_particulars', `reason: must be at least ${SHORTEST_REASON} characters: say what for.`);
    const until = new Date(now + GLASS_HOURS * 3_600_000).toISOString();
    return [{ type: 'glass_broken', body: { personId: actor.personId, until, reason: text(reason) } }];
  },
});
