import type { DataSource } from 'typeorm';
import type { Role } from '#libs/domain/access/roles.js';

/** Where an account stands. */
export const ACCOUNT_STATES = ['active', 'invited', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export interface PersonView {
  id: string;
  name: string;
  email: string;
  language: string;
  timezone: string;
  roles: Role[];
  state: AccountState;
  organisation: { id: string; code: string; name: string; kind: string } | null;
  /** First and last civil date, in the person's own zone. */
  leave: { from: string; until: string } | null;
  /** The standing deputy. */
  delegate: { id: string; name: string } | null;
  revision: number;
}

export interface PeopleFilter {
  q?: string;
  organisation?: string;
  role?: Role;
  state?: AccountState;
  /** Only people who have no other roles than these. */
  within?: readonly Role[];
  limit: number;
  cursor?: string;
}

/** The cursor is none that this list has given out. */
export class NoSuchPlace extends Error {
  override name = 'NoSuchPlace';
}

const STATE = `CASE WHEN p.active THEN 'active' WHEN p.disabled_at IS NULL THEN 'invited' ELSE 'disabled' END`;
const SELECT = `
  SELECT p.id, p.name, p.email, p.language, p.timezone, p.roles, p.revision, ${STATE} AS state,
    CASE WHEN o.id IS NULL THEN NULL
      ELSE json_build_object('id', o.id, 'code', o.code, 'name', o.name, 'kind', o.kind) END AS organisation,
    CASE WHEN p.on_leave_from IS NULL OR p.on_leave_until IS NULL THEN NULL
      ELSE json_build_object('from', p.on_leave_from, 'until', p.on_leave_until) END AS leave,
    CASE WHEN d.id IS NULL THEN NULL ELSE json_build_object('id', d.id, 'name', d.name) END AS delegate
  FROM person p
  LEFT JOIN organisation o ON o.id = p.organisation_id
  LEFT JOIN person d ON d.id = p.delegate_id`;

/** People with an account, by name. */
export class PeopleList {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws NoSuchPlace */
  async page(filter: PeopleFilter): Promise<{ items: PersonView[]; next: string | null }> {
    const { q, organisation, role, state, within, limit, cursor } = filter;
    const values: unknown[] = [];
    const where: string[] = [];
    const and = (condition: (place: string) => string, value: unknown) => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    if (organisation) and((at) => `p.organisation_id = ${at}::uuid`, organisation);
    if (role) and((at) => `${at}::text = ANY (p.roles)`, role);
    if (within) and((at) => `p.roles <@ ${at}::text[]`, within);
    if (state) and((at) => `${STATE} = ${at}`, state);
    if (q) and((at) => `(p.name ILIKE ${at} OR p.email ILIKE ${at})`, `%${q.replace(/[\\%_]/g, '\\$&')}%`);
    if (cursor) {
      const [name, id] = placeOf(cursor);
      and((at) => `p.name >= ${at}`, name);
      const nameAt = `$${values.length}`;
      and((at) => `(p.name, p.id) > (${nameAt}, ${at}::uuid)`, id);
    }
    values.push(limit + 1);
    const rows = await this.dataSource.query<PersonView[]>(
      `${SELECT} ${where.length ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY p.name, p.id LIMIT $${values.length}`,
      values,
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? cursorOf(last) : null };
  }

  async find(id: string): Promise<PersonView | null> {
    const [row] = await this.dataSource.query<PersonView[]>(`${SELECT} WHERE p.id = $1`, [id]);
    return row ?? null;
  }
}

const cursorOf = ({ name, id }: PersonView): string => Buffer.from(JSON.stringify([name, id])).toString('base64url');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function placeOf(cursor: string): [string, string] {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(place) && typeof place[0] === 'string' && typeof place[1] === 'string' && UUID.test(place[1]))
      return [place[0], place[1]];
  } catch {
    // As below: no list has given it out.
  }
  throw new NoSuchPlace('is no cursor that a list has given out');
}
