import type { CasePage } from '#libs/case-reading/case-reader.js';
import type { LateStep } from '#libs/case-reading/late-steps.js';
import { TITLES } from './event-titles.js';
import { cycleId } from './explanation-model.js';

/** The late steps of a case as the ledger has them: each with its excuse or rescission, and the figures both ways. */
export function latePage({ view, lateSteps }: CasePage) {
  const counted = (wanted: LateStep['status']) => lateSteps.filter(({ status }) => status === wanted).length;
  const mayExcuse = view.nextActions.includes('excuse-breach');
  return {
    rows: lateSteps.map((late) => ({
      ...late,
      anchor: cycleId(late),
      excuse: mayExcuse && late.status === 'standing' ? `${late.clock}|${late.subject}|${late.cycle}` : null,
    })),
    raw: lateSteps.length,
    excused: counted('excused'),
    rescinded: counted('rescinded'),
    standing: counted('standing'),
    titles: TITLES,
  };
}
