import { can, visibleFields } from '#libs/domain/access/can.js';
import type { FieldGroup } from '#libs/domain/access/can.js';
import { DEPLOYMENT_RIGHTS } from '#libs/domain/access/deployment-rights.js';
import type { DeploymentAction } from '#libs/domain/access/deployment-rights.js';
import { OFFER_ACTIONS } from '#libs/domain/access/offer-rights.js';
import type { OfferSubject } from '#libs/domain/access/offer-rights.js';
import { PERSON_ACTIONS } from '#libs/domain/access/person-rights.js';
import type { PersonSubject } from '#libs/domain/access/person-rights.js';
import { ROLES } from '#libs/domain/access/roles.js';
import type { Actor, Role } from '#libs/domain/access/roles.js';
import { VERBS } from '#libs/domain/case/commands/index.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { FORMS } from '../cases/forms/index.js';
import { ACTION_WORDS, FIELD_WORDS } from './role-table-words.js';

const [ME, OTHER, STATE, ORGANISATION] = ['me', 'somebody else', 'their State', 'their organisation'];

const somebody = (role: Role): Actor => ({
  ...{ personId: ME, roles: [role], organisationId: ORGANISATION, stateCode: STATE },
});

/** A case that has nothing to do with anybody, as far as the rights look at it. */
const NOBODYS = { ownerId: OTHER, requestingState: OTHER, invitations: {}, offers: {}, escalatedTo: 0 };
const aCase = (changes: object): CaseState => ({ ...NOBODYS, ...changes }) as unknown as CaseState;
const invitations = { [ORGANISATION]: 'invited' };
const offers = { one: { organisationId: ORGANISATION, status: 'accepted' } };

/** On which cases: the widest that holds is what the table says. */
const CASES: readonly [words: string, state: CaseState][] = [
  ['every case', aCase({})],
  ['cases escalated to the President', aCase({ escalatedTo: 3 })],
  ['cases of their State', aCase({ requestingState: STATE })],
  ['cases that they own', aCase({ ownerId: ME })],
  ['cases that are offered to them', aCase({ handOver: { to: ME, from: OTHER } })],
  ['cases that they have opened with a reason', aCase({ glass: { [ME]: 1 } })],
  ['cases that they are invited to', aCase({ invitations })],
  ['cases in which their offer was accepted', aCase({ invitations, offers })],
];

const person = (personId: string, organisationId: string, role: Role): PersonSubject => ({
  ...{ personId, organisationId, roles: [role] },
});

/** With whose accounts. */
const PEOPLE: readonly [words: string, person: PersonSubject][] = [
  ['everybody else', person(OTHER, OTHER, 'admin')],
  ['those who work on cases', person(OTHER, OTHER, 'coordinator')],
  ['the people of their office', person(OTHER, ORGANISATION, 'requester')],
  ['themselves', person(ME, ORGANISATION, 'requester')],
];

const offer = (organisationId: string, isPublic: boolean): OfferSubject => ({
  ...{ organisationId, public: isPublic, withdrawn: false },
});

/** With which standing offers. */
const OFFERS: readonly [words: string, offer: OfferSubject][] = [
  ['every offer', offer(OTHER, false)],
  ['public offers and those of their organisation', offer(OTHER, true)],
  ['offers of their organisation', offer(ORGANISATION, false)],
];

/** Everything that the sides of a case may see of it. */
const FIELDS: readonly FieldGroup[] = [
  ...(['states_parties', 'participants', 'shared_work'] as const),
  ...(['restricted', 'every_offer', 'internal'] as const),
];

export const SCOPE_WORDS: readonly string[] = [...CASES, ...PEOPLE, ...OFFERS].map(([words]) => words).concat('yes');

interface Row {
  words: string;
  /** By role, in the order of `ROLES`: where it may, or null when nowhere. */
  cells: (string | null)[];
}

/**
 * What each role may and may not do, asked of the very functions that decide it: nothing here is written by hand, so
 * nothing here can be wrong when they change.
 */
export function roleTable(): { title: string; rows: Row[] }[] {
  return [
    {
      title: 'Reading cases',
      rows: [row('Open a case', (me) => onCase((state) => can(me, 'read', state))), ...fieldRows()],
    },
    {
      title: 'Steps of a case',
      rows: VERBS.map((verb) => row(FORMS[verb].title, (me) => onCase((state) => can(me, verb, state)))),
    },
    {
      title: 'Accounts',
      rows: PERSON_ACTIONS.map((action) =>
        row(wordsOf(action), (me) => PEOPLE.find(([, subject]) => can(me, action, subject))?.[0] ?? null),
      ),
    },
    {
      title: 'Standing offers',
      rows: OFFER_ACTIONS.map((action) =>
        row(wordsOf(action), (me) => OFFERS.find(([, subject]) => can(me, action, subject))?.[0] ?? null),
      ),
    },
    {
      title: 'The whole system',
      rows: (Object.keys(DEPLOYMENT_RIGHTS) as DeploymentAction[]).map((action) =>
        row(wordsOf(action), (me) => (can(me, action) ? 'yes' : null)),
      ),
    },
  ];
}

const row = (words: string, where: (me: Actor) => string | null): Row => ({
  words,
  cells: ROLES.map((role) => where(somebody(role))),
});

const onCase = (may: (state: CaseState) => boolean): string | null =>
  CASES.find(([, state]) => may(state))?.[0] ?? null;

const fieldRows = (): Row[] =>
  FIELDS.map((group) => row(FIELD_WORDS[group], (me) => onCase((state) => visibleFields(me, state, 0).has(group))));

const wordsOf = (action: string): string => ACTION_WORDS[action] ?? action.replaceAll('-', ' ');
