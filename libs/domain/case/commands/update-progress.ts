import type { Via } from '../answers.js';
import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';
import { viaOf } from './via.js';

/** The responder, or the owner for it, says how the work stands. */
export const updateProgress = rule<{ text: string; milestones?: { id: string; done: boolean }[] } & Via>({
  who: ['accepted_responder', 'owner'],
  stages: ['delivery'],
  records: 'progress_updated',
  decide: ({ text: report, milestones = [], ...via }, state, { actor }) => {
    const unknown = milestones.filter(({ id }) => !Object.hasOwn(state.milestones, id)).map(({ id }) => id);
    if (unknown.length)
      throw new Refusal('unknown_subject', `milestones: the plan has no milestone ${unknown.join(', ')}.`);
    return [
      {
        type: 'progress_updated',
        body: {
          organisationId: actor.organisationId,
          text: text(report),
          milestonesDone: milestones.filter(({ done }) => done).map(({ id }) => id),
          ...viaOf(via),
        },
      },
    ];
  },
});
