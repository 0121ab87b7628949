import { IsNull } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { productNow } from '#libs/case-store/product-time.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import type { Documents } from '#libs/documents/documents.js';
import { NotAcceptable, StandsInTheWay, Unknown } from '#libs/people/refused.js';
import { tellOwner } from './reply-notice.js';
import { sideBySender } from './sides.js';

/** What people decide on messages besides accepting them, which is a step of the case. Each decision is on record. */
export class MessageDecisions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mailFrom: string,
    private readonly documents: Pick<Documents, 'putOnCase' | 'dropStray'>,
  ) {}

  /** @param caseId null: of those in triage. @throws Unknown · StandsInTheWay when somebody has decided on it already */
  async setAside(id: string, caseId: string | null, by: string, reason: string): Promise<void> {
    await this.deciding(id, caseId, async (manager) => {
      const decidedAt = new Date(await productNow(manager));
      await manager.update(InboundMail, id, { state: 'set_aside', decidedAt, decidedBy: by, reason });
      if (caseId === null) await this.documents.dropStray(manager, id);
      await record(manager, by, 'message_set_aside', id, caseId);
    });
  }

  /**
   * Puts a message of the triage list on a case, with its files; what it means there is for the owner to say. @throws Unknown ·
   * StandsInTheWay · NotAcceptable where there is no such case
   */
  async attach(id: string, reference: string, by: string, reason: string): Promise<void> {
    await this.deciding(id, null, async (manager, row) => {
      const about = await manager.findOneBy(AssistanceCase, { reference: reference.toUpperCase() });
      if (!about)
        throw new NotAcceptable([
          { field: 'reference', words: 'There is no case of this reference: {reference}.', values: { reference } },
        ]);
      const side = (await sideBySender(manager, about, row.sender)) ?? { party: null, organisationId: null };
      await manager.update(InboundMail, id, { ...side, caseId: about.id, foundBy: 'person', reason });
      await this.documents.putOnCase(manager, { caseId: about.id, personId: row.personId, inboundMailId: id });
      await tellOwner(manager, { ...row, caseId: about.id }, this.mailFrom, by);
      await record(manager, by, 'message_attached', id, about.id);
    });
  }

  private async deciding(
    id: string,
    caseId: string | null,
    decide: (manager: EntityManager, row: InboundMail) => Promise<void>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const row = await manager.findOne(InboundMail, {
        where: { id, kind: 'reply', caseId: caseId ?? IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new Unknown('There is no such message.');
      if (row.state !== 'waiting')
        throw new StandsInTheWay('message-decided', 'Somebody has already decided what becomes of this message.');
      await decide(manager, row);
    });
  }
}

/** Ids alone: reasons and words stand with the message, and go with it. */
const record = (manager: EntityManager, actorId: string, action: string, subjectId: string, caseId: string | null) =>
  recordAdminEvent(manager, { actorId, action, subjectKind: 'message', subjectId, body: { caseId } });
