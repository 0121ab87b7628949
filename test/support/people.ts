import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { Actor, Role } from '#libs/domain/access/roles.js';

/** The same name always gives the same id. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const ORGANISATIONS: Record<string, { code: string; stateCode: string | null; responder: boolean }> = {
  bravia: { code: 'QMB', stateCode: 'QMB', responder: false },
  aurelia: { code: 'QMA', stateCode: 'QMA', responder: false },
  legalaid: { code: 'LEGALAID', stateCode: null, responder: true },
  coalition: { code: 'COALITION', stateCode: null, responder: true },
  helvia: { code: 'QMX', stateCode: 'QMX', responder: true },
};

const PEOPLE: Record<string, { role: Role; organisation?: string }> = {
  focalPoint: { role: 'requester', organisation: 'bravia' },
  otherState: { role: 'requester', organisation: 'aurelia' },
  coordinator: { role: 'coordinator' },
  coordinator2: { role: 'coordinator' },
  lead: { role: 'coordinator_lead' },
  isu: { role: 'isu' },
  president: { role: 'observer' },
  legalaid: { role: 'responder', organisation: 'legalaid' },
  coalition: { role: 'responder', organisation: 'coalition' },
  helvia: { role: 'responder', organisation: 'helvia' },
  admin: { role: 'admin' },
};

export const organisationId = (name: string): string => idOf(`organisation:${name}`);

/** One of the people of the tests, as the rules see them. */
export function actor(name: string): Actor {
  const person = PEOPLE[name];
  if (!person) throw new Error(`nobody is called ${name}`);
  const organisation = person.organisation ? ORGANISATIONS[person.organisation] : undefined;
  return {
    personId: idOf(`person:${name}`),
    roles: [person.role],
    organisationId: person.organisation ? organisationId(person.organisation) : null,
    stateCode: organisation?.stateCode ?? null,
  };
}

export const EVERYBODY = Object.keys(PEOPLE);

/** Puts the people, organisations and States of the tests into a database. */
export async function seedPeople(dataSource: DataSource): Promise<void> {
  const { manager } = dataSource;
  const states = ['QMA', 'QMB', 'QMX'].map((code) => ({
    code,
    name: `State ${code}`,
    region: null,
    ccmStatus: 'state_party',
    language: 'en',
    timezone: 'Africa/Lusaka',
    article9Status: 'unknown',
    confidence: 'low',
    source: 'test',
    demo: true,
  }));
  await manager.upsert(State, states, ['code']);
  const organisations = Object.entries(ORGANISATIONS).map(([name, organisation]) => ({
    id: organisationId(name),
    name,
    kind: organisation.stateCode ? ('state' as const) : ('civil_society' as const),
    demo: true,
    ...organisation,
  }));
  await manager.upsert(Organisation, organisations, ['id']);
  const people = EVERYBODY.map((name) => ({
    id: idOf(`person:${name}`),
    email: `${name.toLowerCase()}@example.test`,
    name,
    passwordHash: null,
    organisationId: actor(name).organisationId,
    roles: [...actor(name).roles],
    language: 'en',
    timezone: 'Europe/Zurich',
    active: true,
  }));
  await manager.upsert(Person, people, ['id']);
}
