import { DAY_MS } from '../../calendar/zone.js';
import type { Via } from '../answers.js';
import { Refusal } from '../refusal.js';
import { organisationOf, statusOf } from './responder.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';
import { viaOf } from './via.js';

/** After so long without an offer the case is unmatched: nobody has more time than that. */
const LONGEST_DAYS = 60;

/**
 * A responder says by when it will answer. It is not reminded before that day; its clock goes on, so that what is said of
 * response times stays true.
 */
export const askForTime = rule<{ until: string } & Via>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'time_asked',
  unless: (state, actor) => {
    const status = statusOf(state, actor);
    if (status === 'question')
      return 'Your question waits for the coordinator: your answer is not awaited before that.';
    return status === 'invited' ? null : 'You have answered already: nothing is awaited of you.';
  },
  decide: ({ until, ...via }, _, { now, actor }) => {
    const daysAway = (Date.parse(until) - now) / DAY_MS;
    if (!(daysAway > 0 && daysAway <= LONGEST_DAYS))
      throw new Refusal('invalid_particulars', `until: must be within the next ${LONGEST_DAYS} days.`);
    return [{ type: 'time_asked', body: { organisationId: organisationOf(actor), until, ...viaOf(via) } }];
  },
});
