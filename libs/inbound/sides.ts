import type { EntityManager } from 'typeorm';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';

/** For whom somebody who writes about a case speaks. */
export interface Side {
  /** Null: one of those who work on cases, whose mail answers nothing in another's name. */
  party: 'requester' | 'responder' | null;
  organisationId: string | null;
}

const NOBODY_IN_PARTICULAR: Side = { party: null, organisationId: null };

/** On which side of a case an address is, by its contacts, its responders and those who work on cases; null: on none. */
export async function sideBySender(
  manager: EntityManager,
  { id, state }: AssistanceCase,
  sender: string,
): Promise<Side | null> {
  if (!sender) return null;
  const form = (await manager.findOneBy(CaseRequest, { caseId: id }))?.form;
  const contacts = [form?.focalPoint, form?.alternateContact, form?.missionContact];
  if (contacts.some((contact) => contact?.email?.toLowerCase() === sender))
    return { party: 'requester', organisationId: null };
  const person = await manager.findOneBy(Person, { email: sender, active: true });
  if (!person) return null;
  const { roles, organisationId } = person;
  if (roles.includes('responder') && organisationId && Object.hasOwn(state.invitations, organisationId))
    return { party: 'responder', organisationId };
  const office = organisationId ? await manager.findOneBy(Organisation, { id: organisationId }) : null;
  if (roles.includes('requester') && office?.stateCode === state.requestingState)
    return { party: 'requester', organisationId: null };
  return isCaseStaff(roles) ? NOBODY_IN_PARTICULAR : null;
}

/**
 * The side of whoever answers a mail of the ledger: its recipient, or somebody else of the same side of its case. Null: anybody
 * else, to whom the mail was passed on, or who has found its address out.
 */
export async function sideOfAnswer(
  manager: EntityManager,
  row: Mail,
  about: AssistanceCase,
  sender: string,
): Promise<Side | null> {
  const side = await sideBySender(manager, about, sender);
  const expected = await expectedSide(manager, row, about);
  if (sender === row.recipient) return expected ?? side ?? NOBODY_IN_PARTICULAR;
  if (!side || !expected) return null;
  return side.party === expected.party && side.organisationId === expected.organisationId ? side : null;
}

/** Whom the mail was for; rows from before it was noted are looked up by their address. */
async function expectedSide(manager: EntityManager, row: Mail, about: AssistanceCase): Promise<Side | null> {
  if (row.party === null) return sideBySender(manager, about, row.recipient);
  if (row.party === 'responder') return { party: 'responder', organisationId: row.organisationId };
  return row.party === 'requester' ? { party: 'requester', organisationId: null } : NOBODY_IN_PARTICULAR;
}
