import type { EntityManager } from 'typeorm';
import type { AccountMailKind, AccountMailParameters } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';

/** What they carried is not kept once they were given up. */
const CARRY_A_SECRET: readonly AccountMailKind[] = ['account_invitation', 'sign_in_code', 'password_reset'];

/** Why a mail is not sent again, in English; also what stands in the way on the page. */
export const NOT_AGAIN = {
  secret: 'The code that this mail carried is no longer kept. Have a new code or invitation sent instead.',
  over: 'What this mail offers can no longer be used.',
  disabled: 'The account that this mail goes to has been disabled.',
  excluded: 'The State has excluded the party that this mail goes to.',
  stopped: 'What this mail reminds of has been done or has ended meanwhile.',
  erased: 'The address of this mail has been erased.',
} as const;

interface Facts {
  disabled: boolean;
  excluded: boolean;
  stopped: boolean;
}

const FACTS = `SELECT
  EXISTS (SELECT FROM person p WHERE p.email = $2 AND NOT p.active) AS disabled,
  EXISTS (SELECT FROM assistance_case c, person p WHERE c.id = $1 AND p.email = $2
    AND c.state -> 'excludedParties' ? p.organisation_id::text) AS excluded,
  EXISTS (SELECT FROM case_clock k WHERE k.case_id = $1 AND k.stopped_at IS NOT NULL
    AND starts_with($3, k.name || ':' || k.subject || ':' || k.cycle || ':')) AS stopped`;

/** Why this mail must not be sent again, or null. */
export async function whyNotAgain(manager: EntityManager, row: Mail): Promise<string | null> {
  const { validUntil } = row.parameters as AccountMailParameters;
  if (row.recipient.startsWith('erased:')) return NOT_AGAIN.erased;
  if (row.caseId === null && !row.secret && CARRY_A_SECRET.includes(row.kind as AccountMailKind))
    return NOT_AGAIN.secret;
  if (validUntil && Date.parse(validUntil) <= Date.now()) return NOT_AGAIN.over;
  const [facts] = await manager.query<Facts[]>(FACTS, [row.caseId, row.recipient, row.sequence]);
  if (facts?.disabled) return NOT_AGAIN.disabled;
  if (facts?.excluded) return NOT_AGAIN.excluded;
  if (facts?.stopped && ['reminder', 'warning'].includes(row.kind)) return NOT_AGAIN.stopped;
  return null;
}
