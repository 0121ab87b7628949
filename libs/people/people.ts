import type { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { PersonRole } from '#libs/database/entities/person-role.entity.js';
import { can } from '#libs/domain/access/can.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import { rescheduleMail } from '#libs/mail/reschedule.js';
import type { AccountNotices } from './account-notices.js';
import { acting, takeKey } from './acting.js';
import type { Act, KeyedRequest } from './acting.js';
import { heldPerson } from './held-person.js';
import { makeInvitation } from './invitations.js';
import { callOffMailNotTheirs } from './mail-not-theirs.js';
import { refuseWhileOwning } from './owned-cases.js';
import { wrongFacts } from './person-facts.js';
import type { PersonFacts } from './person-facts.js';
import { NotAcceptable, NotTheirs, StandsInTheWay } from './refused.js';
import { grantRoles } from './role-grants.js';

export interface Invitee extends PersonFacts {
  email: string;
}

const EMAIL = /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/;

/** What administrators do with accounts, each by the rights they have; and the dated history of roles. */
export class People {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: AccountNotices,
  ) {}

  /** Grants of somebody, newest first. */
  grants(personId: string): Promise<PersonRole[]> {
    return this.dataSource.manager.find(PersonRole, { where: { personId }, order: { grantedAt: 'DESC', id: 'DESC' } });
  }

  /** @throws NotTheirs · NotAcceptable · KeyReused */
  invite(actorId: string, invitee: Invitee, request?: KeyedRequest): Promise<string> {
    return acting(this.dataSource, actorId, async (act) => {
      const { organisationId, roles } = invitee;
      if (!can(act.actor, 'invite-person', { personId: null, organisationId, roles }))
        throw new NotTheirs('You invite people of your own office, as focal points or administrators of the office.');
      const { id, again } = request ? await takeKey(act, request) : { id: uuidv7(), again: false };
      if (again) return id;
      const email = invitee.email.trim().toLowerCase();
      await this.checkInvitee(act, { ...invitee, email });
      const { name, language, timezone } = invitee;
      await act.manager.insert(Person, {
        ...{ id, email, name: name.trim(), language, timezone, organisationId, roles: [] },
        ...{ passwordHash: null, active: false },
      });
      await grantRoles(act.manager, { personId: id, organisationId, roles, by: actorId, at: act.now });
      await this.sendInvitation(act, id);
      await record(act, 'person_invited', id, { after: { organisationId, roles } });
      return id;
    });
  }

  /** @throws Unknown · Stale · NotAcceptable · NotTheirs · StandsInTheWay when an owner of open cases could no longer look after them */
  change(actorId: string, id: string, revision: number, changes: Partial<PersonFacts>): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const before = await heldPerson(act, id, 'change-person', revision);
      const facts = { ...factsOf(before), ...changes };
      const { organisationId, roles } = facts;
      if (!can(act.actor, 'change-person', { personId: id, organisationId, roles }))
        throw new NotTheirs('In your office, people are focal points or administrators of the office.');
      const wrong = await wrongFacts(act.manager, facts);
      if (wrong.length) throw new NotAcceptable(wrong);
      if (isCaseStaff(before.roles) && !isCaseStaff(roles)) await refuseWhileOwning(act.manager, id);
      const { name, language, timezone } = facts;
      await act.manager.update(Person, id, { name: name.trim(), language, timezone, revision: revision + 1 });
      await grantRoles(act.manager, { personId: id, organisationId, roles, by: actorId, at: act.now });
      if (organisationId !== before.organisationId || before.roles.some((role) => !roles.includes(role)))
        await callOffMailNotTheirs(act.manager, id);
      if (timezone !== before.timezone || organisationId !== before.organisationId)
        await rescheduleMail(act.manager, { ...before, timezone, organisationId });
      await record(act, 'person_changed', id, {
        before: idsOf(before),
        after: { organisationId, roles, language, timezone },
        ...(name.trim() !== before.name && { renamed: true }),
      });
    });
  }

  /** Sends a new invitation; the one before is worth nothing any more. @throws Unknown · StandsInTheWay · KeyReused */
  resend(actorId: string, id: string, request?: KeyedRequest): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const person = await heldPerson(act, id, 'invite-person');
      if (request && (await takeKey(act, request)).again) return;
      if (person.active || person.disabledAt)
        throw new StandsInTheWay(
          'not-invited',
          'There is no invitation to send again: the account is in use, or disabled.',
        );
      await this.sendInvitation(act, id);
      await record(act, 'invitation_resent', id, {});
    });
  }

  private async checkInvitee(act: Act, invitee: Invitee): Promise<void> {
    const wrong = await wrongFacts(act.manager, invitee);
    if (!EMAIL.test(invitee.email)) wrong.push({ field: 'email', words: 'Write an address such as name@example.org.' });
    const known = await act.manager.findOneBy(Person, { email: invitee.email });
    if (known)
      wrong.push({
        field: 'email',
        words: can(act.actor, 'see-person', subjectOf(known))
          ? 'Somebody with this address has an account already.'
          : 'This address cannot be invited here. Ask whoever runs this system.',
      });
    if (!invitee.roles.length) wrong.push({ field: 'roles', words: 'Choose at least one role.' });
    if (wrong.length) throw new NotAcceptable(wrong);
  }

  private async sendInvitation({ manager, actor }: Act, personId: string): Promise<void> {
    const invitation = await makeInvitation(manager, personId, actor.personId, this.notices.settings.secretsKey);
    await this.notices.invited(manager, personId, actor.personId, invitation);
  }
}

/** Somebody as the rights see them. */
export const subjectOf = ({ id, organisationId, roles }: Pick<Person, 'id' | 'organisationId' | 'roles'>) => ({
  ...{ personId: id, organisationId, roles },
});

const factsOf = ({ name, language, timezone, organisationId, roles }: Person): PersonFacts => ({
  ...{ name, language, timezone, organisationId, roles },
});

const idsOf = ({ organisationId, roles, language, timezone }: Person) => ({
  organisationId,
  roles,
  language,
  timezone,
});

const record = ({ manager, actor }: Act, action: string, subjectId: string, body: Record<string, unknown>) =>
  recordAdminEvent(manager, { actorId: actor.personId, action, subjectKind: 'person', subjectId, body });
