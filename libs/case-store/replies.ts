import type { EntityManager } from 'typeorm';
import { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import type { WaitingReply } from '#libs/domain/case/commands/rule.js';
import type { CaseFile } from './case-file.js';

/** A reply that waits on this case, held until the transaction ends; null when there is none of this id. */
export async function waitingReply(manager: EntityManager, caseId: string, id: string): Promise<WaitingReply | null> {
  const row = await manager.findOne(InboundMail, {
    where: { id, caseId, kind: 'reply', state: 'waiting' },
    lock: { mode: 'pessimistic_write' },
  });
  if (!row) return null;
  const { party, organisationId, personId, sender, senderName } = row;
  return { id, party, organisationId, personId, sender: senderName ? `${senderName} <${sender}>` : sender };
}

/** A reply that was accepted by an event of this transaction waits no more. */
export async function settleReplies(manager: EntityManager, { history }: CaseFile): Promise<void> {
  for (const { event } of history) {
    if (event.type !== 'reply_accepted') continue;
    const { replyId, as } = event.body;
    const decided = { decidedAt: new Date(event.recordedAt), decidedBy: event.actorId };
    await manager.update(InboundMail, replyId, { ...decided, state: 'accepted', meaning: as });
  }
}
