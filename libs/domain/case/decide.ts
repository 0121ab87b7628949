import { can } from '../access/can.js';
import type { Actor } from '../access/roles.js';
import { ruleOf, VERBS } from './commands/index.js';
import type { CaseCommand, CommandVerb, Verb } from './commands/index.js';
import { lapseBy } from './commands/standing-hand-over.js';
import type { DecisionContext } from './commands/rule.js';
import type { NewEvent } from './events.js';
import { obstacleIn } from './obstacle.js';
import { Refusal } from './refusal.js';
import type { RefusalCode } from './refusal.js';
import { notForYou } from './refusal-words.js';
import type { CaseState } from './state.js';

/**
 * What a command does to a case. Pure and total: it returns events, or throws a Refusal that says why and which verbs
 * this person may use instead. Nothing else is ever thrown for input of the right shape.
 */
export function decide(state: CaseState, command: CaseCommand, context: DecisionContext): NewEvent[] {
  const obstacle = obstacleTo(command.verb, state, context.actor);
  if (obstacle) throw new Refusal(...obstacle, possibleVerbs(state, context.actor));
  try {
    const events = ruleOf(command.verb).decide(command.body, state, context);
    return [...events, ...lapseBy(events, state)];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.message, possibleVerbs(state, context.actor));
  }
}

/** Exactly the verbs that this person may use on the case as it stands. */
export function possibleVerbs(state: CaseState, actor: Actor): Verb[] {
  return VERBS.filter((verb) => obstacleTo(verb, state, actor) === null);
}

/** Why this person may not use the verb on the case as it stands; null when they may. */
export function obstacleTo(verb: CommandVerb, state: CaseState, actor: Actor): [RefusalCode, string] | null {
  const rule = ruleOf(verb);
  if (!can(actor, verb, state)) return ['not_permitted', notForYou(verb, rule)];
  return obstacleIn(verb, rule, state, actor);
}
