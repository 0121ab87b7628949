import { callsDue, currentRung, leftRungs, rungsOf, sideOf, STATE_SIDE } from '#libs/domain/case/contact-ladder.js';
import type { LeftBecause, Rung, Side } from '#libs/domain/case/contact-ladder.js';
import type { CaseRecord, OrganisationName } from './case-record.js';

export const CONTACT_STATES = ['written_to', 'left', 'next'] as const;

/** One side of a case, and who of it can be reached by mail. Instants are ISO 8601. */
export interface ContactsView {
  side: 'requester' | 'responder';
  /** Null: the State. */
  organisation: OrganisationName | null;
  /** In the order in which they are written to. */
  contacts: {
    rung: Rung;
    /** As the form names them; null for whoever may not read it, and for people of an organisation. */
    name: string | null;
    status: (typeof CONTACT_STATES)[number];
    /** Since when it could not be reached, and why. */
    since: string | null;
    because: LeftBecause | null;
  }[];
  /** Nobody is left: the owner calls. */
  callDue: boolean;
}

/** The State, and every organisation that could not be reached at first; `named`: with the contacts' names. */
export function contactsView(record: CaseRecord, named: boolean): ContactsView[] {
  const { state, organisation } = record;
  const others = Object.keys(state.unreached ?? {}).filter((side) => side !== STATE_SIDE);
  const calls = callsDue(state);
  return [STATE_SIDE, ...others].map((side) => ({
    side: side === STATE_SIDE ? 'requester' : 'responder',
    organisation: side === STATE_SIDE ? null : organisation(side),
    contacts: rungsOf(side).map((rung) => contact(record, side, rung, named)),
    callDue: calls.includes(side),
  }));
}

function contact({ state, log, form }: CaseRecord, side: Side, rung: Rung, named: boolean) {
  const left = leftRungs(state, side).find((one) => one.rung === rung);
  const event = log.findLast(
    ({ type, body }) => type === 'contact_unreachable' && sideOf(body) === side && body.rung === rung,
  );
  const names: Partial<Record<Rung, string | undefined>> = {
    focal_point: form?.focalPoint?.name,
    alternate: form?.alternateContact?.name,
    mission: form?.missionContact?.name,
  };
  const status: ContactsView['contacts'][number]['status'] =
    currentRung(state, side) === rung ? 'written_to' : left ? 'left' : 'next';
  return {
    rung,
    name: (named && names[rung]) || null,
    status,
    since: left && event ? new Date(event.effectiveAt).toISOString() : null,
    because: left?.because ?? null,
  };
}
