import type { EntityManager } from 'typeorm';
import type { Person } from '#libs/database/entities/person.entity.js';

/** Lists of what is held, each by one statement; `$1` the person's id, `$2` their address. Never a secret or its hash. */
const LISTS = {
  sessions: `SELECT created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt", method, browser
    FROM session WHERE person_id = $1 AND $2 <> '' ORDER BY created_at`,
  programs: `SELECT name, scopes, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
    FROM api_token WHERE person_id = $1 AND $2 <> '' ORDER BY created_at`,
  calendarFeed: `SELECT created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM calendar_feed
    WHERE person_id = $1 AND $2 <> ''`,
  passkeys: `SELECT name, transports, created_at AS "createdAt", used_at AS "usedAt" FROM passkey
    WHERE person_id = $1 AND $2 <> '' ORDER BY created_at`,
  identityProviders: `SELECT issuer, subject, bound_at AS "boundAt" FROM person_identity
    WHERE person_id = $1 AND $2 <> '' ORDER BY bound_at`,
  secondFactor: `SELECT created_at AS "createdAt", confirmed_at AS "confirmedAt",
      (SELECT count(*)::int FROM recovery_code WHERE person_id = $1) AS "recoveryCodesLeft"
    FROM authenticator WHERE person_id = $1 AND $2 <> ''`,
  invitations: `SELECT created_at AS "createdAt", expires_at AS "expiresAt", ended_at AS "endedAt" FROM account_invitation
    WHERE person_id = $1 AND $2 <> '' ORDER BY created_at`,
  roles: `SELECT r.role, r.mandate, o.name AS organisation, r.granted_at AS "grantedAt", r.revoked_at AS "revokedAt"
    FROM person_role r LEFT JOIN organisation o ON o.id = r.organisation_id
    WHERE r.person_id = $1 AND $2 <> '' ORDER BY r.granted_at, r.role`,
  answerLinks: `SELECT c.reference, a.purpose, a.made_at AS "madeAt", a.expires_at AS "expiresAt", a.used_at AS "usedAt",
      a.revoked_at AS "revokedAt" FROM answer_token a JOIN assistance_case c ON c.id = a.case_id
    WHERE a.person_id = $1 AND $2 <> '' ORDER BY a.made_at`,
  drafts: `SELECT updated_at AS "updatedAt", reference, answers FROM request_draft WHERE person_id = $1 AND $2 <> ''
    ORDER BY updated_at`,
  standingOffers: `SELECT f.id, o.name AS organisation, f.valid_until::text AS "validUntil", f.contact_email = $2 AS "asContact",
      f.author_id = $1 AS "madeByThem" FROM standing_offer f JOIN organisation o ON o.id = f.organisation_id
    WHERE f.contact_email = $2 OR f.author_id = $1 ORDER BY f.id`,
  ruleDrafts: `SELECT kind, title, updated_at AS "updatedAt" FROM rule_draft WHERE author_id = $1 AND $2 <> ''
    ORDER BY updated_at`,
  publications: `SELECT 'policy' AS kind, version, recorded_at AS "recordedAt", reason FROM policy_version
      WHERE author_id = $1 AND $2 <> ''
    UNION ALL SELECT 'calendar ' || calendar_id, version, recorded_at, reason FROM calendar_version WHERE author_id = $1
    UNION ALL SELECT 'mail', version, published_at, reason FROM mail_policy_version WHERE published_by = $1
    ORDER BY 3`,
  mailTemplates: `SELECT kind, language, version, edited_at AS "editedAt" FROM mail_template_version
    WHERE edited_by = $1 AND $2 <> '' ORDER BY edited_at`,
  mailReviews: `SELECT kind, language, reviewed_at AS "reviewedAt" FROM mail_review
    WHERE reviewed_by = $1 AND $2 <> '' ORDER BY reviewed_at`,
  mails: `SELECT c.reference, m.kind, m.language, m.state, m.send_after AS "sendAfter", m.sent_at AS "sentAt"
    FROM mail m LEFT JOIN assistance_case c ON c.id = m.case_id WHERE m.recipient = $2 AND $1::uuid IS NOT NULL ORDER BY m.id`,
  mailFromThem: `SELECT c.reference, i.subject AS about, i.received_at AS "receivedAt", i.state FROM inbound_mail i
      LEFT JOIN assistance_case c ON c.id = i.case_id
    WHERE i.sender = $2 AND $2 <> '' AND $1::uuid IS NOT NULL ORDER BY i.id`,
  namedInRequests: `SELECT c.reference, contact.key AS "as" FROM case_request r JOIN assistance_case c ON c.id = r.case_id,
      jsonb_each(CASE jsonb_typeof(r.form) WHEN 'object' THEN r.form ELSE '{}' END) contact
    WHERE lower(contact.value ->> 'email') = $2 AND jsonb_typeof(contact.value) = 'object' AND $1::uuid IS NOT NULL
    ORDER BY 1, 2`,
  actsInCases: `SELECT c.reference, e.version, e.type, e.effective_at AS at FROM case_event e
      JOIN assistance_case c ON c.id = e.case_id
    WHERE e.actor_id = $1 AND $2 <> '' ORDER BY e.recorded_at, e.version`,
  looksAtCases: `SELECT c.reference, a.at, a.door, a.field_groups AS "fieldGroups", a.why FROM access_log a
      JOIN assistance_case c ON c.id = a.case_id
    WHERE a.person_id = $1 AND $2 <> '' ORDER BY a.id`,
  decisionsOnMails: `SELECT c.reference, e.at, e.happening, e.detail AS reason FROM mail_event e JOIN mail m ON m.id = e.mail_id
      LEFT JOIN assistance_case c ON c.id = m.case_id
    WHERE e.person_id = $1 AND $2 <> '' ORDER BY e.id`,
  documents: `SELECT c.reference, d.name AS "documentName", d.size, d.state, d.uploaded_at AS "uploadedAt", d.source FROM document d
      LEFT JOIN assistance_case c ON c.id = d.case_id
    WHERE d.uploaded_by = $1 AND $2 <> '' ORDER BY d.id`,
  administrativeActs: `SELECT at, action, subject_kind AS "subjectKind", actor_id = $1 AS "byThem", subject_id = $1 AS "aboutThem"
    FROM admin_event WHERE (actor_id = $1 OR subject_id = $1) AND $2 <> '' ORDER BY id`,
} as const;

/** What of a list says something of cases: for the person and the operator, not for an administrator, who reads no case. */
const OF_CASES = ['reference', 'answers', 'about', 'documentName'];

export interface HeldData {
  account: Record<string, unknown>;
  /** False when what belongs to cases was left out. */
  complete: boolean;
  lists: Record<keyof typeof LISTS, Record<string, unknown>[]>;
}

/**
 * Everything that is held on a person. What they wrote in a case is part of the State's file and is read there.
 * @param withCases false: references and drafts are left out
 */
export async function heldData(manager: EntityManager, person: Person, withCases: boolean): Promise<HeldData> {
  const { passwordHash, ...account } = person;
  const lists: Record<string, Record<string, unknown>[]> = {};
  for (const [name, statement] of Object.entries(LISTS)) {
    const rows = await manager.query<Record<string, unknown>[]>(statement, [person.id, person.email]);
    lists[name] = withCases ? rows : rows.map(withoutCases);
  }
  const held = { ...account, password: passwordHash ? 'set' : 'none' };
  return { account: held, complete: withCases, lists: lists };
}

const withoutCases = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !OF_CASES.includes(name)));
