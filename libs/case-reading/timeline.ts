import type { FieldGroup } from '#libs/domain/access/visible-fields.js';
import type { Relation } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { HAND_OVER } from '#libs/domain/case/clocks/intake.js';
import { mayReadField } from '#libs/domain/case/event-letters.js';
import type { EventType, LoggedEvent, Text } from '#libs/domain/case/events.js';
import type { CaseRecord } from './case-record.js';
import type { Reach } from './reach.js';

export interface TimelineEntry {
  version: number;
  type: EventType;
  /** When it took effect, and when it was recorded. */
  at: string;
  recordedAt: string;
  /** Null: the case's own clocks, or somebody whose name is not for this person. */
  actor: { id: string; name: string } | null;
  /** Neither the State nor responders ever see it. */
  internal: boolean;
  /** Facts of the process: ids, dates, clock steps. */
  facts: Record<string, unknown>;
  /** People's words, by field. */
  words: Record<string, string | string[]>;
}

const INTERNAL: readonly EventType[] = [
  'note_added',
  'contact_logged',
  'contact_unreachable',
  'call_due',
  'clock_warned',
  'clock_escalated',
  'reminder_due',
  'priority_changed',
  'policy_applied',
  'hand_over_offered',
  'hand_over_rejected',
  'hand_over_withdrawn',
  'hand_over_lapsed',
  'breach_excused',
];
/** What an invited responder sees of the case as a whole. */
const TO_RESPONDERS: readonly EventType[] = ['circulated', 'suspended', 'resumed', 'withdrawn', 'closed', 'reopened'];
const TO_ACCEPTED: readonly EventType[] = [
  'plan_agreed',
  'progress_updated',
  'national_process_started',
  'measure_adopted',
];

/** What happened on a case, oldest first, as far as this person may know it. */
export const timeline = (record: CaseRecord, reach: Reach): TimelineEntry[] =>
  record.log.filter(reach.maySee).map((event) => entry(event, record, reach));

/** Whether the event is for this person at all. */
export function maySee(event: LoggedEvent, actor: Actor, relations: ReadonlySet<Relation>): boolean {
  if (relations.has('coordinator')) return true;
  if (INTERNAL.includes(event.type) || ('clock' in event.body && event.body.clock === HAND_OVER)) return false;
  if (relations.has('requester')) return true;
  if (!relations.has('invited_responder')) return false;
  if (event.type === 'circulated') return event.body.organisations.includes(actor.organisationId ?? '');
  if ('organisationId' in event.body && event.body.organisationId === actor.organisationId) return true;
  return (
    TO_RESPONDERS.includes(event.type) || (relations.has('accepted_responder') && TO_ACCEPTED.includes(event.type))
  );
}

/** Who acts for the State is for those who may read its contacts; coordinators and one's own people have names for all. */
export const mayNameActor = (
  { actorId }: LoggedEvent,
  { isOfStaffOr, actsForState }: CaseRecord,
  { organisationId }: Actor,
  groups: ReadonlySet<FieldGroup>,
): boolean =>
  groups.has('restricted') ||
  (actorId !== null && (isOfStaffOr(organisationId, actorId) || (groups.has('internal') && !actsForState(actorId))));

function entry(event: LoggedEvent, { words, person }: CaseRecord, reach: Reach): TimelineEntry {
  const facts: Record<string, unknown> = {};
  const said: Record<string, string | string[]> = {};
  for (const [field, value] of Object.entries(event.body)) {
    if (!mayReadField(event.type, field, reach.groups)) continue;
    if (isText(value)) said[field] = words(value) ?? '';
    else if (Array.isArray(value) && value.some(isText))
      said[field] = value.filter(isText).map((text) => words(text) ?? '');
    else if (isPlain(value)) facts[field] = value;
  }
  return {
    version: event.version,
    type: event.type,
    at: new Date(event.effectiveAt).toISOString(),
    recordedAt: new Date(event.recordedAt).toISOString(),
    actor: reach.mayName(event) ? person(event.actorId) : null,
    internal: INTERNAL.includes(event.type),
    facts,
    words: said,
  };
}

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'textId' in value;
const isPlain = (value: unknown): boolean =>
  value === null ||
  typeof value !== 'object' ||
  (Array.isArray(value) && value.every((one) => typeof one !== 'object'));
