import { ArrayOverlap, In } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { productNow } from '#libs/case-store/product-time.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { can } from '#libs/domain/access/can.js';
import { CASE_STAFF, isCaseStaff } from '#libs/domain/access/roles.js';
import { civilDate } from '#libs/domain/calendar/civil.js';
import { acting } from './acting.js';
import type { Act } from './acting.js';
import { NotAcceptable, Unknown } from './refused.js';
import type { FieldRefusal } from './refused.js';

export interface Leave {
  /** First and last civil date, in the person's own zone; both count. */
  from: string;
  until: string;
  delegateId: string | null;
}

export interface LeaveView {
  person: Pick<Person, 'id' | 'name' | 'timezone' | 'onLeaveFrom' | 'onLeaveUntil' | 'delegateId'>;
  /** Who may stand in. */
  deputies: { id: string; name: string }[];
  /** The deputy is away within the same time, so that mails go on to the deputy's own. */
  deputyAway: { name: string; from: string; until: string } | null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Who is away, and who stands in. What follows for mails is in `case-store/leave.ts`. */
export class LeaveBook {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Unknown for whose leave is not theirs to set */
  async view(actor: Act['actor'], personId: string): Promise<LeaveView> {
    const { manager } = this.dataSource;
    const person = await manager.findOneBy(Person, { id: personId, active: true });
    if (!person || !maySet(actor, person)) throw new Unknown();
    const deputies = await deputiesOf(manager, person);
    const deputy = deputies.find(({ id }) => id === person.delegateId);
    return { person, deputies, deputyAway: deputy ? overlapping(person, deputy) : null };
  }

  /** Whose leave the lead or an administrator may set: those who work on cases. */
  staff(): Promise<Person[]> {
    const where = { active: true, roles: ArrayOverlap(CASE_STAFF) };
    return this.dataSource.manager.find(Person, { where, order: { name: 'ASC' } });
  }

  /** @throws Unknown · NotAcceptable */
  set(actorId: string, personId: string, leave: Leave): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const person = await held(act, personId);
      const wrong = await wrongLeave(act.manager, person, leave);
      if (wrong.length) throw new NotAcceptable(wrong);
      const { from: onLeaveFrom, until: onLeaveUntil, delegateId } = leave;
      await act.manager.update(Person, personId, { onLeaveFrom, onLeaveUntil, delegateId });
      await recordOfAnother(act, 'leave_set', personId, { after: { ...leave } });
    });
  }

  /** The deputy stays, for the next time. @throws Unknown */
  cancel(actorId: string, personId: string): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      await held(act, personId);
      await act.manager.update(Person, personId, { onLeaveFrom: null, onLeaveUntil: null });
      await recordOfAnother(act, 'leave_cancelled', personId, {});
    });
  }
}

const maySet = (actor: Act['actor'], { id, organisationId, roles }: Person): boolean =>
  can(actor, 'set-leave', { personId: id, organisationId, roles });

async function held({ manager, actor }: Act, id: string): Promise<Person> {
  const person = await manager.findOne(Person, { where: { id, active: true }, lock: { mode: 'for_no_key_update' } });
  if (!person || !maySet(actor, person)) throw new Unknown();
  return person;
}

/** Those of the same organisation; for those who work on cases, all who do. Nobody else may read what they would be sent. */
function deputiesOf(manager: EntityManager, { id, organisationId, roles }: Person): Promise<Person[]> {
  const who = isCaseStaff(roles) ? { roles: ArrayOverlap(CASE_STAFF) } : { organisationId: In([organisationId ?? id]) };
  return manager
    .find(Person, { where: { ...who, active: true }, order: { name: 'ASC' } })
    .then((people) => people.filter((one) => one.id !== id));
}

async function wrongLeave(manager: EntityManager, person: Person, leave: Leave): Promise<FieldRefusal[]> {
  const { from, until, delegateId } = leave;
  const wrong: FieldRefusal[] = [];
  if (!isDate(from)) wrong.push({ field: 'from', words: 'Give the first day of the leave.' });
  if (!isDate(until)) wrong.push({ field: 'until', words: 'Give the last day of the leave.' });
  else if (isDate(from) && until < from)
    wrong.push({ field: 'until', words: 'The last day must not be before the first.' });
  else if (until < civilDate(await productNow(manager), person.timezone))
    wrong.push({ field: 'until', words: 'This leave is over already: give a last day from today on.' });
  if (delegateId === person.id)
    wrong.push({ field: 'delegateId', words: 'Nobody stands in for themselves: choose somebody else.' });
  else if (delegateId && !(await deputiesOf(manager, person)).some(({ id }) => id === delegateId))
    wrong.push({ field: 'delegateId', words: 'Choose somebody from the list, whose account is in use.' });
  return wrong;
}

const isDate = (text: string): boolean =>
  DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

function overlapping(person: Person, deputy: Person): LeaveView['deputyAway'] {
  const { onLeaveFrom: from, onLeaveUntil: until } = deputy;
  if (!person.onLeaveFrom || !person.onLeaveUntil || !from || !until) return null;
  return from <= person.onLeaveUntil && person.onLeaveFrom <= until ? { name: deputy.name, from, until } : null;
}

/** Saying that one is away oneself is no administrative act. */
async function recordOfAnother(act: Act, action: string, subjectId: string, body: Record<string, unknown>) {
  const { personId: actorId } = act.actor;
  if (actorId !== subjectId)
    await recordAdminEvent(act.manager, { actorId, action, subjectKind: 'person', subjectId, body });
}
