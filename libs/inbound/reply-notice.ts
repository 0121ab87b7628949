import type { EntityManager } from 'typeorm';
import { mailRow, timing } from '#libs/case-store/mail-rows.js';
import { Recipients } from '#libs/case-store/recipients.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { LIFECYCLE } from '#libs/domain/case/lifecycle.js';
import type { Notice } from '#libs/domain/case/notices.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { messageIdDomain } from '#libs/mail/message-id.js';

const NOTICE: Notice = { kind: 'reply_received', to: 'L0', delivery: 'notice' };

/** Tells whoever owns the case that a message waits there; not those who sent it, nor `butNot`, who put it there. */
export async function tellOwner(
  manager: EntityManager,
  { id, caseId, personId, receivedAt }: Pick<InboundMail, 'id' | 'caseId' | 'personId' | 'receivedAt'>,
  mailFrom: string,
  butNot: string | null = null,
): Promise<void> {
  if (!caseId) return;
  const { reference, state } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
  const recipients = await Recipients.of(manager, caseId, state, receivedAt.getTime());
  const policy = await currentMailPolicy(manager);
  const told = recipients
    .of(NOTICE, state)
    .filter((one) => !one.personId || ![personId, butNot].includes(one.personId));
  const rows = told.map((recipient) => {
    const { timezone, insteadOf } = recipient;
    const parameters = {
      reference,
      timezone,
      stage: LIFECYCLE[state.stage].title,
      path: `/cases/${reference}/replies`,
      ...(recipients.requestingState && { state: recipients.requestingState.name }),
      ...(insteadOf && { insteadOf }),
    };
    const posting = { reference, now: receivedAt, messageIdDomain: messageIdDomain(mailFrom) };
    return {
      ...mailRow(caseId, NOTICE, recipient, `reply:${id}`, parameters, posting),
      ...timing('single', recipient, policy, receivedAt),
      cause: 'reply_received',
    };
  });
  if (rows.length) await manager.createQueryBuilder().insert().into(Mail).values(rows).orIgnore().execute();
}
