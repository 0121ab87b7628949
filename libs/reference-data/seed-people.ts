import type { DataSource, EntityManager } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { OrganisationKind } from '#libs/domain/access/organisation-kinds.js';
import type { Role } from '#libs/domain/access/roles.js';
import { hashPassword } from '#libs/identity/passwords.js';
import { grantRoles } from '#libs/people/role-grants.js';
import { DEMO_STATES } from './demo-states.js';
import type { DemoState } from './demo-states.js';
import { stableId } from './stable-id.js';

const PASSWORD = 'action48-demo';
const GENEVA = 'Europe/Zurich';

interface DemoPerson {
  mailbox: string;
  name: string;
  roles: Role[];
  organisation: string;
  language?: string;
  timezone?: string;
}

interface DemoOrganisation {
  code: string;
  name: string;
  kind: OrganisationKind;
  stateCode: string | null;
}

const RESPONDERS: DemoOrganisation[] = [
  { code: 'LEGALAID', name: 'Demo Legal Aid Network', kind: 'civil_society', stateCode: null },
  { code: 'COALITION', name: 'Demo Coalition', kind: 'civil_society', stateCode: null },
  { code: 'QMX', name: 'Helvia', kind: 'state', stateCode: 'QMX' },
  { code: 'QMY', name: 'Zelandia', kind: 'state', stateCode: 'QMY' },
];
const STAFF_ORGANISATIONS: DemoOrganisation[] = [
  { code: 'COORDINATION', name: 'Demo Coordinators on National Implementation', kind: 'coordinator', stateCode: null },
  { code: 'ISU', name: 'Demo Implementation Support Unit', kind: 'isu', stateCode: null },
  { code: 'PRESIDENCY', name: 'Demo Presidency', kind: 'presidency', stateCode: null },
];

/** The people of `api.md`, Signing in; and a focal point for every other invented State, whose cases the demonstration tells. */
const PEOPLE: DemoPerson[] = [
  { mailbox: 'aurelia', name: 'Demo Focal Point of Aurelia', roles: ['requester'], organisation: 'QMA' },
  { mailbox: 'bravia', name: 'Demo Focal Point of Bravia', roles: ['requester', 'state_admin'], organisation: 'QMB' },
  {
    mailbox: 'bravia-admin',
    name: 'Demo Office Administrator of Bravia',
    roles: ['state_admin'],
    organisation: 'QMB',
    timezone: 'Africa/Lusaka',
  },
  { mailbox: 'dunya', name: 'Demo Focal Point of Dunya', roles: ['requester'], organisation: 'QMD' },
  { mailbox: 'coordinator', name: 'Demo Coordinator A', roles: ['coordinator'], organisation: 'COORDINATION' },
  { mailbox: 'coordinator2', name: 'Demo Coordinator B', roles: ['coordinator'], organisation: 'COORDINATION' },
  { mailbox: 'lead', name: 'Demo Coordinator Lead', roles: ['coordinator_lead'], organisation: 'COORDINATION' },
  { mailbox: 'isu', name: 'Demo ISU Director', roles: ['isu'], organisation: 'ISU' },
  { mailbox: 'president', name: 'Demo President', roles: ['observer'], organisation: 'PRESIDENCY' },
  { mailbox: 'legalaid', name: 'Demo Legal Aid Officer', roles: ['responder'], organisation: 'LEGALAID' },
  { mailbox: 'coalition', name: 'Demo Coalition Officer', roles: ['responder'], organisation: 'COALITION' },
  { mailbox: 'helvia', name: 'Demo Helvia Mission', roles: ['responder'], organisation: 'QMX', language: 'fr' },
  {
    mailbox: 'zelandia',
    name: 'Demo Zelandia Mission',
    roles: ['responder'],
    organisation: 'QMY',
    timezone: 'Pacific/Auckland',
  },
  { mailbox: 'admin', name: 'Demo Administrator', roles: ['admin'], organisation: 'COORDINATION' },
];

const organisationId = (code: string): string => stableId(`organisation:${code}`);

/** Who acts for an invented State in the demonstration: its login of `api.md`, or a focal point of its own. */
export const focalMailbox = (code: string): string =>
  PEOPLE.find(({ organisation, roles }) => organisation === code && roles.includes('requester'))?.mailbox ??
  `focal.${code.toLowerCase()}`;

/** Invented States, organisations and people. Safe to run again; never for production. */
export async function seedDemoPeople(dataSource: DataSource): Promise<void> {
  const { manager } = dataSource;
  await manager.upsert(State, DEMO_STATES.map(stateRow), ['code']);
  const requesting = DEMO_STATES.filter(({ code }) => !RESPONDERS.some((one) => one.code === code));
  const organisations = [
    ...requesting.map(({ code, name }) => ({ code, name, kind: 'state' as const, stateCode: code, responder: false })),
    ...RESPONDERS.map((one) => ({ ...one, responder: true })),
    ...STAFF_ORGANISATIONS.map((one) => ({ ...one, responder: false })),
  ];
  await manager.upsert(
    Organisation,
    organisations.map((one) => ({ ...one, id: organisationId(one.code), demo: true })),
    ['id'],
  );
  const focalPoints = requesting
    .filter(({ code }) => focalMailbox(code).startsWith('focal.'))
    .map(({ code, name }): DemoPerson => ({
      mailbox: focalMailbox(code),
      name: `Demo Focal Point of ${name}`,
      roles: ['requester'],
      organisation: code,
    }));
  const passwordHash = await hashPassword(PASSWORD);
  for (const person of [...PEOPLE, ...focalPoints]) await addPerson(manager, personRow(person, passwordHash));
}

/** Once: what an administrator of the trial changes stays changed when it starts again. */
async function addPerson(manager: EntityManager, row: DemoRow): Promise<void> {
  const added = await manager
    .createQueryBuilder()
    .insert()
    .into(Person)
    .values(row)
    .orIgnore()
    .returning('id')
    .execute();
  const { id: personId, organisationId, roles } = row;
  if ((added.raw as unknown[]).length)
    await grantRoles(manager, { personId, organisationId, roles, by: null, at: new Date() });
}

type DemoRow = Pick<
  Person,
  'id' | 'email' | 'name' | 'passwordHash' | 'organisationId' | 'roles' | 'language' | 'timezone' | 'active'
>;

function personRow(
  { mailbox, name, roles, organisation, language, timezone }: DemoPerson,
  passwordHash: string,
): DemoRow {
  const state = DEMO_STATES.find(({ code }) => code === organisation && roles.includes('requester'));
  return {
    id: stableId(`person:${mailbox}`),
    email: `${mailbox}@demo.action48.test`,
    name,
    passwordHash,
    organisationId: organisationId(organisation),
    roles,
    language: language ?? state?.language ?? 'en',
    timezone: timezone ?? state?.timezone ?? GENEVA,
    active: true,
  };
}

const stateRow = ({ code, name, language, timezone, region, weekend }: DemoState): State => ({
  code,
  name,
  language,
  timezone,
  region,
  weekend,
  ccmStatus: 'state_party',
  signed: null,
  ratified: null,
  entryIntoForce: null,
  article9Status: 'developing',
  confidence: 'invented',
  source: 'invented for the demonstration',
  demo: true,
});
