import type { Relation } from '../../access/relations.js';
import type { Actor } from '../../access/roles.js';
import type { EventType, NewEvent } from '../events.js';
import type { SideState, Stage } from '../stages.js';
import type { CaseState } from '../state.js';

/** Somebody with an account, of the organisation of whoever acts. */
export interface Colleague {
  id: string;
  /** Lower case. */
  email: string;
}

export interface Responder {
  id: string;
  code: string;
  name: string;
}

/** A message from outside about the case, of which nobody has said yet what it means. */
export interface WaitingReply {
  id: string;
  /** Which side of the case its sender is on; null: neither, or nobody knows. */
  party: 'requester' | 'responder' | null;
  /** The responder's organisation. */
  organisationId: string | null;
  /** Name and address of whoever sent it. */
  sender: string;
  /** Whose account the address is of; null: nobody's. */
  personId: string | null;
}

/** What the rules may look at besides the case. */
export interface DecisionContext {
  /** The command's effective instant (epoch ms). */
  now: number;
  actor: Actor;
  newId: () => string;
  /** Organisations that may respond, to resolve ids and codes, and to recognise who is excluded. */
  responders: readonly Responder[];
  /** Who else, besides whoever acts or them, answers for the same responder. */
  colleagues: readonly Colleague[];
  /** People who may own a case. */
  coordinators: readonly string[];
  /** Versions of the policy that there are. */
  policyVersions: readonly number[];
  /** References of other open cases (for merge). */
  openCases: (reference: string) => boolean;
  /** The reply by mail that the command speaks of, while it waits on this case. */
  reply?: WaitingReply | null;
}

/** One verb of a case: who may use it, where, and what then happens. */
export interface CommandRule<Body = unknown> {
  who: readonly Relation[];
  /** Stages in which it may be used; `open` is every stage but closed. */
  stages: readonly Stage[] | 'open';
  /** The event that it leads to, so that a form can say beforehand which clocks it stops. */
  records: EventType;
  /** Side states in which it may be used all the same (otherwise only without one). */
  evenWhen?: readonly SideState[];
  /** Why it is not possible now although stage and side state fit; null when it is. Also decides what is offered. */
  unless?: (state: CaseState, actor: Actor) => string | null;
  decide: (body: Body, state: CaseState, context: DecisionContext) => NewEvent[];
}

export const rule = <Body>(definition: CommandRule<Body>): CommandRule<Body> => definition;
