import type { DataSource } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { callOffWithDigest } from '#libs/case-store/call-off.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { endAccess } from '#libs/identity/end-access.js';
import type { AccountNotices } from './account-notices.js';
import { acting } from './acting.js';
import type { Act } from './acting.js';
import { heldPerson } from './held-person.js';
import { endInvitations } from './invitations.js';
import { refuseWhileOwning } from './owned-cases.js';
import { NotAcceptable, StandsInTheWay } from './refused.js';

/** Ending an account, with everything that hangs on it, and opening it again. */
export class AccountsEnded {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: AccountNotices,
  ) {}

  /**
   * From the moment this returns, nothing that they hold or have sent has any effect: sessions and tokens have ended,
   * commands that were not applied are gone, mails that were due to them are not sent.
   * @throws Unknown · NotTheirs · NotAcceptable without a reason · StandsInTheWay while they own open cases
   */
  disable(actorId: string, id: string, reason: string): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const person = await heldPerson(act, id, 'disable-person');
      needReason(reason);
      if (person.disabledAt) return;
      await refuseWhileOwning(act.manager, id);
      await act.manager.update(Person, id, { active: false, disabledAt: act.now, revision: person.revision + 1 });
      await endAccess(act.manager, id);
      await endInvitations(act.manager, id);
      const body = {
        before: { state: person.active ? 'active' : 'invited' },
        after: { state: 'disabled' },
        commandsTakenBack: await takeBackCommands(act, id),
        mailsSuppressed: await suppressMails(act, person.email),
        deputyOf: await this.freeDeputies(act, id),
        reason: reason.trim(),
      };
      await record(act, 'person_disabled', id, body);
    });
  }

  /** @throws Unknown · NotTheirs · NotAcceptable without a reason */
  enable(actorId: string, id: string, reason: string): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const person = await heldPerson(act, id, 'disable-person');
      needReason(reason);
      if (!person.disabledAt) return;
      if (person.organisationId && !(await isActive(act, person.organisationId)))
        throw new StandsInTheWay(
          'organisation-inactive',
          'Their organisation is not in use any more: move them first.',
        );
      // Whoever never set a password is invited again.
      const active = person.passwordHash !== null;
      await act.manager.update(Person, id, { active, disabledAt: null, revision: person.revision + 1 });
      const after = { state: active ? 'active' : 'invited' };
      await record(act, 'person_enabled', id, { before: { state: 'disabled' }, after, reason: reason.trim() });
    });
  }

  /** Those whose deputy they were have none now, and are told. */
  private async freeDeputies({ manager }: Act, id: string): Promise<string[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      'UPDATE person SET delegate_id = NULL WHERE delegate_id = $1 RETURNING id',
      [id],
    );
    for (const row of rows) await this.notices.deputyEnded(manager, row.id);
    return rows.map((row) => row.id);
  }
}

function needReason(reason: string): void {
  if (!reason.trim()) throw new NotAcceptable([{ field: 'reason', words: 'Say why.' }]);
}

/** What they sent and was not applied; one that comes in meanwhile is refused by the worker, which asks who is active. */
async function takeBackCommands({ manager }: Act, id: string): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    'DELETE FROM command WHERE actor_id = $1 AND applied_at IS NULL',
    [id],
  );
  return count;
}

async function suppressMails({ manager }: Act, email: string): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(
    `UPDATE mail SET state = 'suppressed', held_for = NULL, secret = NULL, response = $2
     WHERE recipient = $1 AND state IN ('due', 'claimed')`,
    [email, CALLED_OFF.disabled],
  );
  await callOffWithDigest(manager, email);
  return count;
}

const isActive = async ({ manager }: Act, id: string): Promise<boolean> => {
  const rows = await manager.query<unknown[]>('SELECT 1 FROM organisation WHERE id = $1 AND active', [id]);
  return rows.length > 0;
};

const record = ({ manager, actor }: Act, action: string, subjectId: string, body: Record<string, unknown>) =>
  recordAdminEvent(manager, { actorId: actor.personId, action, subjectKind: 'person', subjectId, body });
