import { ForbiddenException, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import { productNow } from '#libs/case-store/product-time.js';
import type { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { MessageDecisions } from '#libs/inbound/decisions.js';
import { Messages } from '#libs/inbound/messages.js';
import type { MessageView } from '#libs/inbound/messages.js';
import { found } from '../cases/case-problems.js';
import { CaseDesk } from '../cases/case-desk.js';
import { idIn } from '../people/people-problems.js';
import { deciding } from './deciding.js';
import type { AcceptReplyDto } from './replies.dto.js';

/** A case with the messages that came for it. */
export interface CaseReplies {
  id: string;
  reference: string;
  state: string;
  stateName: string;
  stateTimezone: string;
  /** Whether this person says what they mean. */
  mayDecide: boolean;
  items: MessageView[];
}

/** Replies by mail of one case: for the coordinators on it, and for its owner to decide on. */
@Injectable()
export class RepliesDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CaseReader,
    private readonly messages: Messages,
    private readonly decisions: MessageDecisions,
    private readonly desk: CaseDesk,
  ) {}

  /** @throws 404 for whoever may not know of them · 403 for a lead who has not opened the case */
  async read(reference: string, actor: Actor, requestId: string): Promise<CaseReplies> {
    const { id, requestingState, state } = await this.row(reference, actor);
    found(await this.reader.look(reference, actor, { door: 'mail', requestId }));
    const requesting = await this.dataSource.manager.findOneBy(State, { code: requestingState });
    return {
      id,
      reference,
      state: requestingState,
      stateName: requesting?.name ?? requestingState,
      stateTimezone: requesting?.timezone ?? 'Europe/Zurich',
      mayDecide: can(actor, 'accept-reply', state),
      items: await this.messages.ofCase(id),
    };
  }

  /** Takes the step that a message stands for, in the name of whoever sent it. @throws as every step of a case */
  async accept(
    { reference, id, key }: { reference: string; id: string; key: string },
    actor: Actor,
    body: AcceptReplyDto,
    requestId: string,
  ): Promise<void> {
    await this.mayDecide(reference, actor);
    const replyId = idIn(id, 'message');
    const { as, text = '', until, email } = body;
    const more = { ...(as === 'time' && { until }), ...(as === 'pass_on' && { email }) };
    const command = { verb: 'accept-reply', body: { replyId, as, text, ...more } } as const;
    found(await this.desk.send(reference, actor, key, command, { door: 'mail', requestId }));
  }

  /** Asked before anything that is sent is looked at. @throws 403 for whoever reads and does not decide */
  async mayDecide(reference: string, actor: Actor): Promise<void> {
    const { state } = await this.row(reference, actor);
    if (!can(actor, 'accept-reply', state))
      throw new ForbiddenException('Only the owner of the case says what a message means, or sets it aside.');
  }

  async setAside(reference: string, id: string, actor: Actor, reason: string): Promise<void> {
    await this.mayDecide(reference, actor);
    const row = await this.row(reference, actor);
    await deciding(() => this.decisions.setAside(idIn(id, 'message'), row.id, actor.personId, reason));
  }

  private async row(reference: string, actor: Actor): Promise<AssistanceCase> {
    const row = found(await this.reader.row(reference, actor));
    if (can(actor, 'read-replies', row.state, await productNow(this.dataSource.manager))) return row;
    if (can(actor, 'break-glass', row.state))
      throw new ForbiddenException(
        'What people write is restricted. Open what is restricted with a reason (break-glass), then read it.',
      );
    return found<AssistanceCase>(null, 'page');
  }
}
