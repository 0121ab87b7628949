import { ArrayOverlap, In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { Role } from '#libs/domain/access/roles.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import type { Notice } from '#libs/domain/case/notices.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { absenceOf, standIn } from './leave.js';
import type { Absence, StandIn } from './leave.js';

export interface Recipient {
  email: string;
  name: string;
  language: string;
  timezone: string;
  personId: string | null;
  /** The responder organisation that they act for. */
  organisationId: string | null;
  /** When they get what can wait. */
  reader: Reader;
  /** Whoever should have got it, and is away. */
  insteadOf: Absence | null;
}

const LADDER: Record<'receiver' | 'L0' | 'L1' | 'L2' | 'L3', Role> = {
  receiver: 'coordinator',
  L0: 'coordinator',
  L1: 'coordinator_lead',
  L2: 'isu',
  L3: 'observer',
};

/** Who stands behind the parties of one case. */
export class Recipients {
  private constructor(
    private readonly people: Person[],
    private readonly request: CaseRequest | null,
    readonly requestingState: State | null,
    /** By organisation, for those that are States. */
    private readonly weekends: ReadonlyMap<string, Weekday[] | null>,
    private readonly at: number,
  ) {}

  /** @param at the deployment's now (epoch ms): who is away then */
  static async of(manager: EntityManager, caseId: string, state: CaseState, at: number): Promise<Recipients> {
    const mayHear = [
      { roles: ArrayOverlap(Object.values(LADDER)) },
      { organisationId: In(Object.keys(state.invitations)) },
      ...(state.submittedBy ? [{ id: state.submittedBy }] : []),
    ];
    const people = await manager.findBy(
      Person,
      mayHear.map((who) => ({ ...who, active: true })),
    );
    const request = await manager.findOneBy(CaseRequest, { caseId });
    const requestingState = await manager.findOneBy(State, { code: state.requestingState });
    return new Recipients(people, request, requestingState, await weekendsOf(manager, people), at);
  }

  /** Never nobody on the ladder: an empty rung falls to the next one, at last to every coordinator. */
  of({ to, organisationId, personId }: Notice, state: CaseState): Recipient[] {
    if (to === 'requester') return this.requester(state);
    if (to === 'responder') return this.responders(organisationId ? [organisationId] : acceptedBy(state));
    const named = { L0: state.ownerId, receiver: state.handOver?.to }[to as string];
    const owner = this.people.filter(({ id }) => id === (personId ?? named));
    const rungs: Role[] = [LADDER[to], 'coordinator_lead', 'isu', 'coordinator'];
    const found = [owner, ...rungs.map((role) => this.people.filter(({ roles }) => roles.includes(role)))];
    const present = found.map((people) => this.present(people)).find((some) => some.length);
    // All of them away, and nobody named in their place: better told on leave than not at all.
    const told = present ?? found.find((people) => people.length)?.map((person) => ({ person, insteadOf: null })) ?? [];
    const away = owner.map((person) => absenceOf(person, this.at))[0] ?? null;
    return told.map(({ person, insteadOf }) => ({ ...this.recipient(person), insteadOf: insteadOf ?? away }));
  }

  /** These people, or whoever stands in for them: each once, and in their own place rather than in another's. */
  private present(people: readonly Person[]): StandIn[] {
    const ladder = this.people.filter(({ roles }) => roles.some((role) => RUNGS.includes(role)));
    const told = people.flatMap((person) => standIn(person, ladder, this.at) ?? []);
    const inOwnPlace = told.filter(({ insteadOf }) => !insteadOf);
    const once = new Map([...told, ...inOwnPlace].map((one) => [one.person.id, one]));
    return [...once.values()];
  }

  /** The focal point named in the form, and whoever submitted it from an account. */
  private requester(state: CaseState): Recipient[] {
    const timezone = this.requestingState?.timezone ?? 'Europe/Zurich';
    const contact = this.request?.form?.focalPoint;
    const focalPoint = contact && {
      email: contact.email.toLowerCase(),
      name: contact.name,
      language: state.language,
      timezone,
      personId: null,
      organisationId: null,
      reader: { timezone, weekend: this.requestingState?.weekend ?? null },
      insteadOf: null,
    };
    const submitter = this.people.filter(({ id }) => id === state.submittedBy).map((one) => this.recipient(one));
    return [...(focalPoint ? [focalPoint] : []), ...submitter.filter(({ email }) => email !== focalPoint?.email)];
  }

  private responders(organisations: readonly string[]): Recipient[] {
    return this.people
      .filter(
        ({ organisationId, roles }) => roles.includes('responder') && organisations.includes(organisationId ?? ''),
      )
      .map((person) => this.recipient(person));
  }

  private recipient(person: Person): Recipient {
    const { id, email, name, language, timezone, organisationId } = person;
    const weekend = this.weekends.get(organisationId ?? '');
    const reader = readerOf(person, weekend);
    return { email, name, language, timezone, personId: id, organisationId, reader, insteadOf: null };
  }
}

/** @param weekend of the State that they act for; absent for whoever acts for none */
export function readerOf(
  { timezone, mailRhythm, workDays, workFrom, workUntil }: Person,
  weekend?: Weekday[] | null,
): Reader {
  return {
    timezone,
    ...(weekend !== undefined && { weekend }),
    ...(workDays && workFrom && workUntil && { own: { days: workDays, from: workFrom, until: workUntil } }),
    ...(mailRhythm && { rhythm: mailRhythm }),
  };
}

/** When somebody may be written to, by what they have chosen and the State that they act for. */
export async function readerFor(manager: EntityManager, person: Person): Promise<Reader> {
  const weekends = await weekendsOf(manager, [person]);
  return readerOf(person, weekends.get(person.organisationId ?? ''));
}

const RUNGS: readonly Role[] = Object.values(LADDER);

const acceptedBy = ({ offers }: CaseState): string[] =>
  Object.values(offers).flatMap((offer) => (offer.status === 'accepted' ? [offer.organisationId] : []));

/** The weekends of the States that these people act for. */
async function weekendsOf(manager: EntityManager, people: readonly Person[]): Promise<Map<string, Weekday[] | null>> {
  const organisations = [...new Set(people.flatMap(({ organisationId }) => organisationId ?? []))];
  const rows = await manager.query<{ id: string; weekend: Weekday[] | null }[]>(
    'SELECT o.id, s.weekend FROM organisation o JOIN state s ON s.code = o.state_code WHERE o.id = ANY ($1)',
    [organisations],
  );
  return new Map(rows.map(({ id, weekend }) => [id, weekend]));
}
