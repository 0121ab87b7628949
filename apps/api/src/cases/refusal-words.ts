import type { RefusalCode } from '#libs/domain/case/refusal.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { Problem } from '../problems/problem.js';

/** What each kind of refusal means, for a person. */
export const REFUSALS: Record<RefusalCode, string> = {
  not_permitted: 'This step is not yours to take.',
  not_in_this_stage: 'The case is in another stage now; this step is not possible there.',
  not_in_this_side_state: 'The case rests; this step is possible once it is resumed.',
  case_ended: 'The case has ended; nothing more can be done with it.',
  not_possible_now: 'This step is not possible as the case stands now.',
  outside_consent: 'The State has not agreed to all of these responders.',
  unknown_subject: 'What you chose is not open any more. Go back to the case and choose again.',
  invalid_particulars: 'The dates or names do not fit the case. Check them and send again.',
};

/** Why a step was refused, in the page's language. The particulars of the rules are English, so pages name the kind. */
export function refusalWords({ code, title }: Problem, _: Translate): string {
  return typeof code === 'string' && code in REFUSALS ? _(REFUSALS[code as RefusalCode]) : _(title);
}
