import { Brackets } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { can } from '#libs/domain/access/can.js';
import { isOffice, ORGANISATION_KINDS } from '#libs/domain/access/organisation-kinds.js';
import type { OrganisationKind } from '#libs/domain/access/organisation-kinds.js';
import { acting, takeKey } from './acting.js';
import type { Act, KeyedRequest } from './acting.js';
import { NotAcceptable, Stale, StandsInTheWay, Unknown } from './refused.js';
import type { FieldRefusal } from './refused.js';

export interface OrganisationFacts {
  code: string;
  name: string;
  kind: OrganisationKind;
  /** Alpha-3; of an office of a State. */
  stateCode: string | null;
  responder: boolean;
}

export interface OrganisationFilter {
  q?: string;
  kind?: OrganisationKind;
  active?: boolean;
  responder?: boolean;
  limit: number;
  /** Code of the last one of the page before. */
  cursor?: string;
}

const CODE = /^[A-Z0-9][A-Z0-9-]{1,19}$/;

/** The organisations: looking them up, and what an administrator does with them. */
export class Organisations {
  constructor(private readonly dataSource: DataSource) {}

  /** By code; one more than the page holds tells whether there is another. */
  page({ q, kind, active, responder, limit, cursor = '' }: OrganisationFilter): Promise<Organisation[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(Organisation, 'o')
      .where('o.code > :cursor', { cursor })
      .orderBy('o.code')
      .take(limit + 1);
    if (kind) query.andWhere('o.kind = :kind', { kind });
    if (active !== undefined) query.andWhere('o.active = :active', { active });
    if (responder !== undefined) query.andWhere('o.responder = :responder', { responder });
    if (q) {
      const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
      query.andWhere(new Brackets((any) => any.where('o.name ILIKE :like').orWhere('o.code ILIKE :like')), { like });
    }
    return query.getMany();
  }

  find(id: string): Promise<Organisation | null> {
    return this.dataSource.manager.findOneBy(Organisation, { id });
  }

  /** @throws Unknown · NotAcceptable · KeyReused */
  add(actorId: string, facts: OrganisationFacts, request?: KeyedRequest): Promise<Organisation> {
    return acting(this.dataSource, actorId, async (act) => {
      administer(act);
      const { id, again } = request ? await takeKey(act, request) : { id: uuidv7(), again: false };
      if (again) return act.manager.findOneByOrFail(Organisation, { id });
      await check(act.manager, facts, null);
      await act.manager.insert(Organisation, { ...facts, id, demo: await isDemo(act.manager, facts) });
      await record(act, 'organisation_added', id, { after: facts });
      return act.manager.findOneByOrFail(Organisation, { id });
    });
  }

  /** @throws Unknown · Stale · NotAcceptable */
  change(actorId: string, id: string, revision: number, changes: Partial<OrganisationFacts>): Promise<Organisation> {
    return acting(this.dataSource, actorId, async (act) => {
      const before = await held(act, id, revision);
      const facts = { ...factsOf(before), ...changes };
      await check(act.manager, facts, before);
      await act.manager.update(Organisation, id, { ...facts, revision: revision + 1 });
      await record(act, 'organisation_changed', id, { before: factsOf(before), after: facts });
      return act.manager.findOneByOrFail(Organisation, { id });
    });
  }

  /** @throws Unknown · Stale · StandsInTheWay while there are people with an account in it */
  setActive(actorId: string, id: string, revision: number, active: boolean, reason: string): Promise<Organisation> {
    return acting(this.dataSource, actorId, async (act) => {
      const before = await held(act, id, revision);
      if (!reason.trim()) throw new NotAcceptable([{ field: 'reason', words: 'Say why.' }]);
      const people = active ? 0 : await act.manager.countBy(Person, { organisationId: id, active: true });
      if (people)
        throw new StandsInTheWay(
          'organisation-has-people',
          'Disable the accounts of its people first, or move them to another organisation: {n}.',
          { n: people },
        );
      await act.manager.update(Organisation, id, { active, revision: revision + 1 });
      await record(act, active ? 'organisation_reactivated' : 'organisation_deactivated', id, {
        before: { active: before.active },
        after: { active },
        reason,
      });
      return act.manager.findOneByOrFail(Organisation, { id });
    });
  }
}

/** Whoever may not, is told of nothing. */
function administer({ actor }: Act): void {
  if (!can(actor, 'manage-organisations')) throw new Unknown();
}

async function held(act: Act, id: string, revision: number): Promise<Organisation> {
  administer(act);
  const organisation = await act.manager.findOneBy(Organisation, { id });
  if (!organisation) throw new Unknown();
  if (organisation.revision !== revision) throw new Stale();
  return organisation;
}

const factsOf = ({ code, name, kind, stateCode, responder }: Organisation): OrganisationFacts => ({
  ...{ code, name, kind, stateCode, responder },
});

/** An office of an invented State is invented, too. */
const isDemo = async (manager: EntityManager, { stateCode }: OrganisationFacts): Promise<boolean> =>
  stateCode !== null && manager.existsBy(State, { code: stateCode, demo: true });

async function check(manager: EntityManager, facts: OrganisationFacts, before: Organisation | null): Promise<void> {
  const { code, name, kind, stateCode } = facts;
  const wrong: FieldRefusal[] = [];
  if (!CODE.test(code))
    wrong.push({ field: 'code', words: 'Write 2 to 20 capital letters, digits or hyphens, for example QMB-GVA.' });
  else if (code !== before?.code && (await manager.existsBy(Organisation, { code })))
    wrong.push({ field: 'code', words: 'Another organisation has this code.' });
  if (!name.trim()) wrong.push({ field: 'name', words: 'Write the name.' });
  if (!ORGANISATION_KINDS.includes(kind)) wrong.push({ field: 'kind', words: 'Choose what it is.' });
  if (stateCode !== null && !(await manager.existsBy(State, { code: stateCode })))
    wrong.push({ field: 'stateCode', words: 'Choose a State from the list.' });
  else if (isOffice(kind) && stateCode === null)
    wrong.push({ field: 'stateCode', words: 'An office of a State needs its State.' });
  else if (!isOffice(kind) && stateCode !== null)
    wrong.push({ field: 'stateCode', words: 'Only an office of a State has one: leave it empty.' });
  const moved = before && (before.stateCode !== stateCode || isOffice(before.kind) !== isOffice(kind));
  if (moved && (await manager.existsBy(Person, { organisationId: before.id })))
    wrong.push({ field: 'stateCode', words: 'It has people, who act for it: it cannot become another State’s.' });
  if (wrong.length) throw new NotAcceptable(wrong);
}

const record = ({ manager, actor }: Act, action: string, subjectId: string, body: Record<string, unknown>) =>
  recordAdminEvent(manager, { actorId: actor.personId, action, subjectKind: 'organisation', subjectId, body });
