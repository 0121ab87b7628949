import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';

export interface PlannedMilestone {
  title: string;
  /** YYYY-MM-DD */
  dueOn: string;
  responsible: string;
}

/** The work is agreed: milestones, language of the work, who pays. */
export const agreePlan = rule<{ milestones: PlannedMilestone[]; language: string; payer: string }>({
  who: ['owner'],
  stages: ['planned'],
  records: 'plan_agreed',
  decide: ({ milestones, language, payer }, _, { newId, now }) => {
    const today = new Date(now).toISOString().slice(0, 10);
    const past = milestones.findIndex(({ dueOn }) => dueOn < today);
    if (past >= 0) throw new Refusal('invalid_particulars', `milestones[${past}].dueOn: lies in the past.`);
    return [
      {
        type: 'plan_agreed',
        body: {
          milestones: milestones.map(({ title, dueOn, responsible }) => ({
            id: newId(),
            title: text(title),
            dueOn,
            responsible,
          })),
          language,
          payer: text(payer),
        },
      },
    ];
  },
});
