import type { TimelineEntry } from '#libs/case-reading/timeline.js';
import type { EventType } from '#libs/domain/case/events.js';

export type Viewer = 'console' | 'state' | 'responder';
export type Kind = 'note' | 'in' | 'mail' | 'system';

export const ICONS: Record<Kind, string> = { note: 'note', in: 'in', mail: 'mail', system: 'system' };

export type Outside = 'state' | 'responder';

/** Events that come from outside the coordination, and from whom, unless an owner of the case recorded them. */
const ACTED_BY: Partial<Record<EventType, Outside>> = {
  opened: 'state',
  answered: 'state',
  consent_given: 'state',
  consent_refused: 'state',
  offer_accepted: 'state',
  offer_declined: 'state',
  view_given: 'state',
  process_confirmed: 'state',
  measure_adopted: 'state',
  withdrawn: 'state',
  reopened: 'state',
  interest_expressed: 'responder',
  invitation_declined: 'responder',
  time_asked: 'responder',
  invitation_passed_on: 'responder',
  question_asked: 'responder',
  offer_made: 'responder',
  progress_updated: 'responder',
};

const CLOCK_EVENTS: readonly EventType[] = [
  'clock_warned',
  'reminder_due',
  'clock_breached',
  'clock_escalated',
  'breach_rescinded',
  'heartbeat_missed',
  'became_dormant',
  'became_unmatched',
  'contact_unreachable',
  'call_due',
];

const SIDES: Record<string, Outside> = { requester: 'state', responder: 'responder' };

/** Which side acted; undefined for the coordination and for the clocks. `owners` are all who ever owned the case. */
export function actedBy(
  { type, actor, facts }: Pick<TimelineEntry, 'type' | 'actor' | 'facts'>,
  owners: ReadonlySet<unknown>,
): Outside | undefined {
  if (type === 'outcome_recorded') return SIDES[String(facts['side'])];
  return type !== 'opened' && actor && owners.has(actor.id) ? undefined : ACTED_BY[type];
}

/** Who acted, as the viewer would say it: its own acts are "You". */
export function labelOf(type: EventType, kind: Kind, viewer: Viewer, side: Outside | undefined): string {
  if (kind === 'note') return 'Internal note';
  if (CLOCK_EVENTS.includes(type)) return 'Clock';
  if (side) return side === viewer ? 'You' : side === 'state' ? 'State' : 'Responder';
  return viewer === 'console' && kind === 'mail' ? 'Sent' : 'Coordinator';
}

export const LABELS: readonly string[] = ['Internal note', 'Clock', 'You', 'State', 'Responder', 'Sent', 'Coordinator'];
