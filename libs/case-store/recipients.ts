import { ArrayOverlap, In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { Role } from '#libs/domain/access/roles.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import { rungsWrittenTo, STATE_SIDE } from '#libs/domain/case/contact-ladder.js';
import type { Rung, Side } from '#libs/domain/case/contact-ladder.js';
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

  /** The same people at another instant (epoch ms), at which others may be away. */
  asOf(at: number): Recipients {
    return new Recipients(this.people, this.request, this.requestingState, this.weekends, at);
  }

  /** Never nobody on the ladder: an empty rung falls to the next one, at last to every coordinator. */
  of({ to, organisationId, personId, rung }: Notice, state: CaseState): Recipient[] {
    if (to === 'requester') return this.requester(state, rung);
    if (to === 'responder')
      return (organisationId ? [organisationId] : acceptedBy(state)).flatMap((id) => this.responders(id, state, rung));
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

  /** Whoever is written to of the State now, and whoever submitted from an account; or one of its contacts alone. */
  private requester(state: CaseState, rung?: Rung): Recipient[] {
    const contacts = this.contacts(rung ? [rung] : rungsWrittenTo(state, STATE_SIDE), state);
    const submitter = rung ? [] : this.people.filter(({ id }) => id === state.submittedBy);
    return once([...contacts, ...submitter.map((one) => this.recipient(one))]);
  }

  /** Contacts named in the form: in the State's language and zone, a mission in that of its city. */
  private contacts(rungs: readonly Rung[], { language }: CaseState): Recipient[] {
    const { focalPoint, alternateContact, missionContact } = this.request?.form ?? {};
    const capital = this.requestingState?.timezone ?? 'Europe/Zurich';
    const weekend = this.requestingState?.weekend ?? null;
    const contact = (named: { email: string; name: string } | undefined, reader: Reader): Recipient[] =>
      // Erased contacts are not there any more.
      named
        ? [
            {
              email: named.email.toLowerCase(),
              name: named.name,
              language,
              timezone: reader.timezone,
              personId: null,
              organisationId: null,
              reader,
              insteadOf: null,
            },
          ]
        : [];
    return rungs.flatMap((rung) => {
      if (rung === 'focal_point') return contact(focalPoint, { timezone: capital, weekend });
      if (rung === 'alternate') return contact(alternateContact, { timezone: capital, weekend });
      return contact(missionContact, { timezone: MISSION_ZONES[missionContact?.city ?? 'geneva'], weekend: null });
    });
  }

  /**
   * Whoever answers for an organisation, or whom it has named for this case while they can; further on its ladder, whoever
   * else has an account there.
   */
  private responders(organisation: string, state: CaseState, rung?: Rung): Recipient[] {
    // A party that the State has excluded is on no rung.
    if (!Object.hasOwn(state.invitations, organisation)) return [];
    const rungs = rung ? [rung] : rungsWrittenTo(state, organisation);
    const members = this.people.filter(({ organisationId }) => organisationId === organisation);
    const responders = members.filter(({ roles }) => roles.includes('responder'));
    const named = responders.filter(({ id }) => id === state.contacts?.[organisation]);
    const first = named.length ? named : responders;
    return members
      .filter((person) => rungs.includes(first.includes(person) ? 'responders' : 'others'))
      .map((person) => this.recipient(person));
  }

  /** The contacts of a side on one rung of its ladder; none of whoever submitted from an account. */
  onRung(side: Side, rung: Rung, state: CaseState): Recipient[] {
    return side === STATE_SIDE ? this.contacts([rung], state) : this.responders(side, state, rung);
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

const MISSION_ZONES = { geneva: 'Europe/Zurich', new_york: 'America/New_York' } as const;

/** Each address once, as it comes first. */
const once = (recipients: readonly Recipient[]): Recipient[] =>
  recipients.filter(({ email }, index) => recipients.findIndex((one) => one.email === email) === index);

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
