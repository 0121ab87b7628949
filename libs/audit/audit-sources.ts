/** Where something can be on record: the logs of cases, administrative acts, who has looked at a case. */
export const AUDIT_SOURCES = ['case', 'admin', 'access'] as const;
export type AuditSource = (typeof AUDIT_SOURCES)[number];

interface Source {
  /** One that a deployment does not have is passed over. */
  table: string;
  /** at, key, source, kind, actor_id, reference, place. */
  select: string;
  knowsCases: boolean;
}

/** What someone who looked at a case did. */
export const LOOKED = 'looked_at';

export const SOURCES: Record<AuditSource, Source> = {
  case: {
    table: 'case_event',
    select: `
      SELECT e.recorded_at AS at, 'c' || e.case_id || '-' || lpad(e.version::text, 9, '0') AS key, 'case' AS source,
        e.type AS kind, e.actor_id, c.reference, e.version::text AS place
      FROM case_event e JOIN assistance_case c ON c.id = e.case_id`,
    knowsCases: true,
  },
  admin: {
    table: 'admin_event',
    select: `
      SELECT a.at, 'b' || lpad(a.id::text, 19, '0') AS key, 'admin' AS source, a.action AS kind, a.actor_id,
        NULL::text AS reference, a.id::text AS place
      FROM admin_event a`,
    knowsCases: false,
  },
  access: {
    table: 'access_log',
    select: `
      SELECT l.at, 'a' || lpad(l.id::text, 19, '0') AS key, 'access' AS source, '${LOOKED}' AS kind,
        l.person_id AS actor_id, c.reference, l.id::text AS place
      FROM access_log l JOIN assistance_case c ON c.id = l.case_id`,
    knowsCases: true,
  },
};
