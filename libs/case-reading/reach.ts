import { relationsOf } from '#libs/domain/access/relations.js';
import type { Relation } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { FIELD_GROUPS, groundsOf, visibleFields } from '#libs/domain/access/visible-fields.js';
import type { FieldGroup, Ground } from '#libs/domain/access/visible-fields.js';
import type { Party } from '#libs/domain/case/clock-policy.js';
import { mayReadField } from '#libs/domain/case/event-letters.js';
import type { LoggedEvent } from '#libs/domain/case/events.js';
import type { CaseRecord } from './case-record.js';
import { maySee, mayNameActor } from './timeline.js';

/** How far one person sees into a case: which events, whose names, whose words, which steps of clocks. */
export interface Reach {
  /** Coordinators: every event and every step. What they may read of it is for the groups. */
  all: boolean;
  groups: ReadonlySet<FieldGroup>;
  grounds: ReadonlySet<Ground>;
  relations: ReadonlySet<Relation>;
  maySee: (event: LoggedEvent) => boolean;
  mayName: (event: LoggedEvent) => boolean;
  mayRead: (event: LoggedEvent, field: string) => boolean;
  /** The parties of whose reminders this person may know. */
  hears: (party: Party) => boolean;
}

/** What the timeline shows of an event is what every other page may say of it. `at`: epoch ms, the deployment's now. */
export function reachOf(actor: Actor, record: CaseRecord, at: number): Reach {
  const relations = relationsOf(actor, record.state);
  // Of a case as it stood once, nobody sees what they may not see of it now.
  const now = visibleFields(actor, record.row.state, at);
  const groups = new Set([...visibleFields(actor, record.state, at)].filter((group) => now.has(group)));
  const all = relations.has('coordinator');
  return {
    all,
    groups,
    grounds: groundsOf(actor, record.state, at),
    relations,
    maySee: (event) => maySee(event, actor, relations),
    mayName: (event) => mayNameActor(event, record, actor, groups),
    mayRead: ({ type }, field) => mayReadField(type, field, groups),
    hears: (party) =>
      all ||
      (party === 'requester' && relations.has('requester')) ||
      (party === 'responder' && relations.has('invited_responder')),
  };
}

/** The command line: whoever runs the deployment has the database itself. */
export const WHOLE_REACH: Reach = {
  all: true,
  groups: new Set(FIELD_GROUPS),
  grounds: new Set(),
  relations: new Set(),
  maySee: () => true,
  mayName: () => true,
  mayRead: () => true,
  hears: () => true,
};
