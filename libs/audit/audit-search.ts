import type { DataSource } from 'typeorm';
import { InvalidCursor } from '#libs/case-reading/case-list.js';
import { EVENT_TYPES } from '#libs/domain/case/evolve.js';
import { AUDIT_SOURCES, SOURCES } from './audit-sources.js';
import type { AuditSource } from './audit-sources.js';
import { tableExists } from './logs.js';

export interface AuditFilter {
  source?: AuditSource | undefined;
  /** Id or address of a person, or a part of the name. */
  person?: string | undefined;
  /** Reference of a case. */
  reference?: string | undefined;
  /** Type of an event, or of an administrative act. */
  kind?: string | undefined;
  /** Civil dates in Geneva, both included. */
  from?: string | undefined;
  to?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Who did what, and when; never what was written. */
export interface AuditEntry {
  /** When it was put on record; ISO 8601 UTC. */
  at: string;
  source: AuditSource;
  /** Type of the event, or of the administrative act. */
  kind: string;
  /** Null: the clocks of a case, or an operator at the command line. The name is empty when the person has been erased. */
  person: { id: string; name: string } | null;
  reference: string | null;
  /** Version of the case, or place in its log. */
  place: string;
}

interface Row {
  at: Date;
  /** Tells entries of one instant apart. */
  key: string;
  source: AuditSource;
  kind: string;
  actor_id: string | null;
  actor_name: string | null;
  reference: string | null;
  place: string;
}

const DEFAULT_LIMIT = 50;

/** Everything that is on record, newest first: what happened on cases, administrative acts, and who has looked. */
export class AuditSearch {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws InvalidCursor */
  async page(filter: AuditFilter): Promise<{ items: AuditEntry[]; next: string | null }> {
    const limit = filter.limit ?? DEFAULT_LIMIT;
    const values: unknown[] = [];
    const place = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
    const conditions = await this.conditionsOf(filter, place);
    const parts: string[] = [];
    for (const source of filter.source ? [filter.source] : AUDIT_SOURCES) {
      const { table, select, knowsCases } = SOURCES[source];
      if ((filter.reference && !knowsCases) || !(await tableExists(this.dataSource.manager, table))) continue;
      parts.push(`(SELECT * FROM (${select}) one WHERE ${conditions} ORDER BY at DESC, key DESC LIMIT ${limit + 1})`);
    }
    if (!parts.length) return { items: [], next: null };
    const rows = await this.dataSource.query<Row[]>(
      `SELECT entry.*, p.name AS actor_name FROM (${parts.join(' UNION ALL ')}) entry
       LEFT JOIN person p ON p.id = entry.actor_id ORDER BY at DESC, key DESC LIMIT ${limit + 1}`,
      values,
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: shown.map(entryOf), next: last ? writeCursor(last) : null };
  }

  /** Every kind there can be, by its source. */
  async kinds(): Promise<Record<'case' | 'admin', string[]>> {
    const acts = await this.dataSource.query<{ action: string }[]>(
      'SELECT DISTINCT action FROM admin_event ORDER BY action',
    );
    return { case: [...EVENT_TYPES], admin: acts.map(({ action }) => action) };
  }

  private async conditionsOf(filter: AuditFilter, place: (value: unknown, type: string) => string): Promise<string> {
    const { person, reference, kind, from, to, cursor } = filter;
    const all = ['TRUE'];
    if (person) all.push(`actor_id = ANY (${place(await this.peopleOf(person), 'uuid[]')})`);
    if (reference) all.push(`reference = ${place(reference.trim().toUpperCase(), 'text')}`);
    if (kind) all.push(`kind = ${place(kind, 'text')}`);
    if (from) all.push(`at >= ${place(from, 'date')}::timestamp AT TIME ZONE 'Europe/Zurich'`);
    if (to) all.push(`at < (${place(to, 'date')} + 1)::timestamp AT TIME ZONE 'Europe/Zurich'`);
    if (cursor) {
      const [at, key] = readCursor(cursor);
      // The first alone can be looked up in an index; the second says where among those of one instant.
      const instant = place(at, 'timestamptz');
      all.push(`at <= ${instant} AND (at, key) < (${instant}, ${place(key, 'text')})`);
    }
    return all.join(' AND ');
  }

  private async peopleOf(words: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM person WHERE id::text = $1 OR lower(email) = lower($1) OR name ILIKE $2 LIMIT 200`,
      [words.trim(), `%${words.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`],
    );
    // Somebody who has been erased is still known by their id.
    return rows.length || !UUID.test(words.trim()) ? rows.map(({ id }) => id) : [words.trim()];
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function entryOf({ at, source, kind, actor_id, actor_name, reference, place }: Row): AuditEntry {
  const person = actor_id ? { id: actor_id, name: actor_name ?? '' } : null;
  return { at: at.toISOString(), source, kind, person, reference, place };
}

const writeCursor = ({ at, key }: Row): string => Buffer.from(`${at.toISOString()}/${key}`).toString('base64url');

/** @throws InvalidCursor for anything that was not given out as `next` */
function readCursor(cursor: string): [at: string, key: string] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, at = '', key = ''] = /^(\d{4}-\d\d-\d\dT[\d:.]{12}Z)\/([a-z0-9-]{1,60})$/.exec(text) ?? [];
  if (!at || Number.isNaN(Date.parse(at))) throw new InvalidCursor();
  return [at, key];
}
