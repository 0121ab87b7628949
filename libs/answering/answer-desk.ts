import type { DataSource } from 'typeorm';
import { actorOf } from '#libs/case-store/actors.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { can } from '#libs/domain/access/can.js';
import { commandOfAnswer } from '#libs/domain/case/answers.js';
import type { AnswerChannel, ResponderAnswer } from '#libs/domain/case/answers.js';
import type { CommandSender } from './command-sender.js';

/** An answer that came by mail, and as whose. */
export interface MailedAnswer {
  caseId: string;
  /** Whoever was written to: the step is theirs, by their rights. */
  personId: string;
  answer: ResponderAnswer;
  channel: AnswerChannel;
  /** Person id of whoever took a reply for what it says. */
  acceptedBy?: string;
  /** Idempotency key, the same when it is given again. */
  key: string;
}

/** Runs what somebody answered by mail, as that person: the same commands, rights and rules as if they had signed in. */
export class AnswerDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sender: CommandSender,
  ) {}

  /**
   * @returns the version of the case right after it; null when there is no such case for this person, or no such person
   * any more
   * @throws CommandRefused · KeyReused · WorkflowUnavailable (then the same call may be repeated)
   */
  async give({ caseId, personId, answer, channel, acceptedBy, key }: MailedAnswer): Promise<number | null> {
    const { manager } = this.dataSource;
    const [row, actor] = [await manager.findOneBy(AssistanceCase, { id: caseId }), await actorOf(manager, personId)];
    if (!row || !actor || !can(actor, 'read', row.state)) return null;
    const via = { by: channel, ...(acceptedBy && { acceptedBy }) };
    return this.sender.send(row, actor, key, commandOfAnswer(answer, via));
  }
}
