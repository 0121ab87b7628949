import { relationsOf } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { Party } from '#libs/domain/case/clock-policy.js';
import type { LoggedEvent } from '#libs/domain/case/events.js';
import type { CaseRecord } from './case-record.js';
import { maySee, mayNameActor, mayReadReasons } from './timeline.js';

/** How far one person sees into a case: which events, whose names, whose words, which steps of clocks. */
export interface Reach {
  /** Coordinators: all of it. */
  all: boolean;
  maySee: (event: LoggedEvent) => boolean;
  mayName: (event: LoggedEvent) => boolean;
  mayReadWords: (event: LoggedEvent) => boolean;
  /** The parties of whose reminders this person may know. */
  hears: (party: Party) => boolean;
}

/** What the timeline shows of an event is what every other page may say of it. */
export function reachOf(actor: Actor, record: CaseRecord): Reach {
  const relations = relationsOf(actor, record.state);
  const all = relations.has('coordinator');
  return {
    all,
    maySee: (event) => maySee(event, actor, relations),
    mayName: (event) => mayNameActor(event, record, actor, relations),
    mayReadWords: (event) => mayReadReasons(event, relations),
    hears: (party) =>
      all ||
      (party === 'requester' && relations.has('requester')) ||
      (party === 'responder' && relations.has('invited_responder')),
  };
}

/** The command line and the export: everything. */
export const WHOLE_REACH: Reach = {
  all: true,
  maySee: () => true,
  mayName: () => true,
  mayReadWords: () => true,
  hears: () => true,
};
