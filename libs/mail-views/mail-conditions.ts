import { InvalidCursor } from '#libs/case-reading/case-list.js';
import type { MailReach } from '#libs/domain/access/mail-reach.js';
import { OFFICE_ROLES } from '#libs/domain/access/person-rights.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailState } from './ledger-row.js';

export interface MailFilter {
  /** Address, or a part of it. */
  recipient?: string | undefined;
  /** Reference of a case. */
  reference?: string | undefined;
  kind?: string | undefined;
  state?: MailState | undefined;
  heldFor?: HeldFor | undefined;
  class?: MailClass | undefined;
  /** Civil dates in Geneva on which it was or is due, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only those that did not arrive for certain, and that nobody has decided on. */
  undecided?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Somebody who has an account and does not act for a State. */
const OUTSIDE_STATES = `SELECT FROM person p WHERE p.email = m.recipient AND NOT p.roles && $office::text[]`;
const WITH_ACCOUNT = 'SELECT FROM person p WHERE p.email = m.recipient';

/** States in which a mail has not arrived for certain. */
export const UNCERTAIN: readonly MailState[] = ['unknown', 'failed', 'bounced'];
export const UNDECIDED = `m.state IN ('failed', 'unknown', 'bounced') AND m.left_at IS NULL`;

/** What a filter asks of rows `m`, within what its reader may know. An address that is not shown is not found either. */
export function conditionsOf(filter: MailFilter, reach: MailReach): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const place = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const all = [reach.accounts ? 'TRUE' : 'm.case_id IS NOT NULL'];
  if (filter.recipient) {
    const part = `%${filter.recipient
      .trim()
      .toLowerCase()
      .replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    all.push(`m.recipient LIKE ${place(part, 'text')}`, shownOf(reach, place));
  }
  if (filter.reference)
    all.push(
      `m.case_id = (SELECT id FROM assistance_case WHERE reference = ${place(filter.reference.trim().toUpperCase(), 'text')})`,
    );
  if (filter.kind) all.push(`m.kind = ${place(filter.kind, 'text')}`);
  if (filter.state) all.push(`m.state = ${place(filter.state, 'text')}`);
  if (filter.heldFor) all.push(`m.state = 'due' AND m.held_for = ${place(filter.heldFor, 'text')}`);
  if (filter.class) all.push(`m.class = ${place(filter.class, 'text')}`);
  if (filter.from) all.push(`m.send_after >= ${place(filter.from, 'date')}::timestamp AT TIME ZONE 'Europe/Zurich'`);
  if (filter.to) all.push(`m.send_after < (${place(filter.to, 'date')} + 1)::timestamp AT TIME ZONE 'Europe/Zurich'`);
  if (filter.undecided) all.push(UNDECIDED);
  if (filter.cursor) {
    const [at, id] = readCursor(filter.cursor);
    all.push(`(m.send_after, m.id) < (${place(at, 'timestamptz')}, ${place(id, 'uuid')})`);
  }
  return { sql: all.map((one) => `(${one})`).join(' AND '), values };
}

function shownOf({ everyContact, accounts }: MailReach, place: (value: unknown, type: string) => string): string {
  const ofCase = everyContact
    ? 'TRUE'
    : `EXISTS (${OUTSIDE_STATES.replace('$office::text[]', place(OFFICE_ROLES, 'text[]'))})`;
  return `CASE WHEN m.case_id IS NULL THEN ${accounts ? `EXISTS (${WITH_ACCOUNT})` : 'FALSE'} ELSE ${ofCase} END`;
}

export const writeCursor = ({ sendAfter, id }: { sendAfter: Date; id: string }): string =>
  Buffer.from(`${sendAfter.toISOString()}/${id}`).toString('base64url');

/** @throws InvalidCursor for anything that was not given out as `next` */
function readCursor(cursor: string): [at: string, id: string] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, at = '', id = ''] = /^(\d{4}-\d\d-\d\dT[\d:.]{12}Z)\/([0-9a-f-]{36})$/.exec(text) ?? [];
  if (!at || Number.isNaN(Date.parse(at))) throw new InvalidCursor();
  return [at, id];
}
