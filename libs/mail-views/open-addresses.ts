import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AccessLog } from '#libs/case-reading/access-log.js';
import { productNow } from '#libs/case-store/product-time.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { mailReach } from '#libs/domain/access/mail-reach.js';
import { OFFICE_ROLES } from '#libs/domain/access/person-rights.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { visibleFields } from '#libs/domain/access/visible-fields.js';

/** Whoever is written to about a case, or about an account. */
export interface Addressed {
  caseId: string | null;
  recipient: string;
}

/**
 * Which of these addresses somebody may read: those of accounts that act for no State; those of a State where they may
 * read what is restricted of the case, which is written down as a look at it; of mails about accounts, those of accounts.
 * @param actor null for whoever runs the deployment
 */
export async function openAddresses(
  manager: EntityManager,
  rows: readonly Addressed[],
  actor: Actor | null,
  requestId: string | null,
): Promise<(row: Addressed) => boolean> {
  if (!actor) return () => true;
  const roles = await rolesOf(manager, rows);
  const isOpen = ({ recipient }: Addressed) => !(roles.get(recipient) ?? OFFICE_ROLES).some((role) => isOffice(role));
  const { accounts } = mailReach(actor);
  const guarded = rows.filter((row) => row.caseId !== null && !isOpen(row));
  const opened = await openedCases(manager, guarded, actor, requestId);
  return (row) => {
    if (row.caseId === null) return accounts && roles.has(row.recipient);
    return isOpen(row) || opened.has(row.caseId);
  };
}

const isOffice = (role: string): boolean => (OFFICE_ROLES as readonly string[]).includes(role);

async function rolesOf(manager: EntityManager, rows: readonly Addressed[]): Promise<Map<string, string[]>> {
  const addresses = [...new Set(rows.map(({ recipient }) => recipient))];
  const people = await manager.query<{ email: string; roles: string[] }[]>(
    'SELECT email, roles FROM person WHERE email = ANY ($1)',
    [addresses],
  );
  return new Map(people.map(({ email, roles }) => [email, roles]));
}

/** Cases of which this person may read the contacts; written down as the door to their mails does. */
async function openedCases(
  manager: EntityManager,
  rows: readonly Addressed[],
  actor: Actor,
  requestId: string | null,
): Promise<Set<string>> {
  const ids = [...new Set(rows.flatMap(({ caseId }) => caseId ?? []))];
  if (!ids.length) return new Set();
  const cases = await manager.find(AssistanceCase, { where: { id: In(ids) } });
  const at = await productNow(manager);
  const log = new AccessLog(manager.connection);
  const opened = cases.filter(({ state }) => visibleFields(actor, state, at).has('restricted'));
  for (const { id, state } of opened)
    await log.write({ caseId: id, actor, state, at, through: { door: 'mail', requestId } });
  return new Set(opened.map(({ id }) => id));
}
