import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/domain/access/roles.js';
import { groundsOf, visibleFields } from '#libs/domain/access/visible-fields.js';
import type { FieldGroup, Ground } from '#libs/domain/access/visible-fields.js';
import type { CaseState } from '#libs/domain/case/state.js';

/** Where a case can be read. */
export const DOORS = ['page', 'api', 'export', 'mail', 'documents', 'explanation'] as const;
export type Door = (typeof DOORS)[number];

/** Through which door somebody asks, and in which request. Without it nothing of a case is answered. */
export interface Through {
  door: Door;
  requestId: string | null;
}

/** Who reads what of which case. */
export interface Reading {
  caseId: string;
  actor: Actor;
  state: CaseState;
  /** The deployment's now (epoch ms), as for `visibleFields`. */
  at: number;
  through: Through;
}

/** One look at a case, as those who may see the log read it. */
export interface AccessEntry {
  id: string;
  at: string;
  person: { id: string; name: string };
  organisation: { id: string; code: string; name: string } | null;
  /** Groups of fields that were open to them. */
  fields: FieldGroup[];
  /** How they stood to the case, or that they had opened it with a reason. */
  why: Ground[];
  door: Door;
}

/** A case is looked at again and again: the same person, door and groups make one entry in so many minutes. */
export const SAME_LOOK_MINUTES = 10;

/** What a door never shows, whatever its visitor may see elsewhere. */
const SHOWN_BY: Partial<Record<Door, readonly FieldGroup[]>> = {
  mail: ['restricted', 'states_parties', 'internal'],
  explanation: ['restricted', 'states_parties', 'shared_work', 'every_offer', 'internal'],
};

const WRITE = `
  INSERT INTO access_log (at, person_id, case_id, field_groups, why, door, request_id)
  SELECT here.now, $1::uuid, $2::uuid, $3::text[], $4::text[], $5, $6
  FROM (SELECT clock_timestamp() + make_interval(secs => coalesce(
    (SELECT (value #>> '{}')::double precision FROM deployment WHERE name = 'clock_offset_ms'), 0) / 1000) AS now) here
  WHERE NOT EXISTS (
    SELECT FROM access_log l WHERE l.case_id = $2::uuid AND l.person_id = $1::uuid AND l.door = $5
      AND l.field_groups = $3::text[] AND l.why = $4::text[]
      AND l.at > here.now - make_interval(mins => ${SAME_LOOK_MINUTES}))`;

interface Row {
  id: string;
  at: Date;
  person_id: string;
  person_name: string | null;
  organisation_id: string | null;
  organisation_code: string | null;
  organisation_name: string | null;
  field_groups: FieldGroup[];
  why: Ground[];
  door: Door;
}

const DEFAULT_PAGE = 100;

/** Who has looked at a case: written before anything of it is answered, so that what is not recorded is not shown. */
export class AccessLog {
  constructor(private readonly dataSource: DataSource) {}

  /** One statement; when it fails, so does the reading. */
  async write({ caseId, actor, state, at, through: { door, requestId } }: Reading): Promise<void> {
    const groups = [...visibleFields(actor, state, at)].filter((group) => SHOWN_BY[door]?.includes(group) ?? true);
    const why = [...groundsOf(actor, state, at)];
    await this.dataSource.query(WRITE, [actor.personId, caseId, groups, why, door, requestId]);
  }

  /** The looks at a case, newest first, after the entry with the id `cursor`. Whether one may see them is for the caller to ask. */
  async page(
    caseId: string,
    { cursor, limit = DEFAULT_PAGE }: { cursor?: string | undefined; limit?: number | undefined } = {},
  ): Promise<{ items: AccessEntry[]; next: string | null }> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT l.*, p.name AS person_name, o.id AS organisation_id, o.code AS organisation_code, o.name AS organisation_name
       FROM access_log l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN organisation o ON o.id = p.organisation_id
       WHERE l.case_id = $1 AND ($2::bigint IS NULL OR l.id < $2::bigint) ORDER BY l.id DESC LIMIT $3`,
      [caseId, cursor ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(entryOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** All of them, oldest last, for an export. */
  async all(caseId: string): Promise<AccessEntry[]> {
    const items: AccessEntry[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await this.page(caseId, { cursor, limit: 1_000 });
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = page.next;
    }
  }
}

const entryOf = (row: Row): AccessEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  person: { id: row.person_id, name: row.person_name ?? 'A former user' },
  organisation: row.organisation_id
    ? { id: row.organisation_id, code: row.organisation_code ?? '', name: row.organisation_name ?? '' }
    : null,
  fields: row.field_groups,
  why: row.why,
  door: row.door,
});
