import type { EntityManager } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { isOffice } from '#libs/domain/access/organisation-kinds.js';
import { ROLES } from '#libs/domain/access/roles.js';
import type { Role } from '#libs/domain/access/roles.js';
import type { FieldRefusal } from './refused.js';

export interface PersonFacts {
  name: string;
  language: string;
  timezone: string;
  organisationId: string | null;
  roles: Role[];
}

const LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt'];
const LONGEST_NAME = 120;

/** What is wrong with these facts, each with its field; nothing when they can stand. */
export async function wrongFacts(manager: EntityManager, facts: PersonFacts): Promise<FieldRefusal[]> {
  const { name, language, timezone, organisationId, roles } = facts;
  const wrong: FieldRefusal[] = [];
  if (!name.trim() || name.length > LONGEST_NAME) wrong.push({ field: 'name', words: 'Write the name.' });
  if (!LANGUAGES.includes(language)) wrong.push({ field: 'language', words: 'Choose a language from the list.' });
  if (!isZone(timezone))
    wrong.push({ field: 'timezone', words: 'Write a time zone such as Europe/Zurich or Africa/Lusaka.' });
  if (!roles.every((role) => ROLES.includes(role)))
    wrong.push({ field: 'roles', words: 'Choose roles from the list.' });
  const organisation = organisationId ? await manager.findOneBy(Organisation, { id: organisationId }) : null;
  if (organisationId && !organisation?.active)
    wrong.push({ field: 'organisationId', words: 'Choose an organisation from the list.' });
  else wrong.push(...misplaced(roles, organisation));
  return wrong;
}

/** Roles that only make sense in an organisation of a certain kind. */
function misplaced(roles: readonly Role[], organisation: Organisation | null): FieldRefusal[] {
  const ofOffice = roles.includes('requester') || roles.includes('state_admin');
  if (ofOffice && !(organisation && isOffice(organisation.kind)))
    return [{ field: 'roles', words: 'Who asks in the name of a State belongs to one of its offices.' }];
  if (roles.includes('responder') && !organisation?.responder)
    return [{ field: 'roles', words: 'A responder belongs to an organisation that responds to requests.' }];
  return [];
}

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.includes('/');
  } catch {
    return false;
  }
}
