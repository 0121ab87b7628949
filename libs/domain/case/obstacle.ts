import type { CommandVerb } from './commands/index.js';
import type { CommandRule } from './commands/rule.js';
import type { Actor } from '../access/roles.js';
import type { RefusalCode } from './refusal.js';
import * as words from './refusal-words.js';
import { ENDED } from './stages.js';
import type { CaseState } from './state.js';

/** Why a step cannot be taken on the case as it stands, whoever wants to; null when it can. */
export function obstacleIn(
  verb: CommandVerb,
  rule: CommandRule,
  state: CaseState,
  actor: Actor,
): [RefusalCode, string] | null {
  const evenNow = state.sideState !== null && rule.evenWhen?.includes(state.sideState);
  if (state.sideState && ENDED.includes(state.sideState) && !evenNow) return ['case_ended', words.ended(state)];
  const inStage = rule.stages === 'open' ? state.stage !== 'closed' : rule.stages.includes(state.stage);
  if (!inStage) return ['not_in_this_stage', words.notInThisStage(verb, rule, state)];
  if (state.sideState && !evenNow) return ['not_in_this_side_state', words.notWhileResting(verb, state)];
  const reason = rule.unless?.(state, actor) ?? null;
  return reason === null ? null : ['not_possible_now', reason];
}
