import type { SendMailOptions } from 'nodemailer';
import type { EntityManager } from 'typeorm';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { messageOf } from './envelope.js';
import type { Sender } from './envelope.js';

/** Makes the message of a ledger row: whatever is looked up or made for it, then `messageOf`. */
export class MailComposer {
  constructor(
    protected readonly manager: EntityManager,
    private readonly sender: Sender,
  ) {}

  /** @throws BadAddress, TooLate, Unreadable: what cannot be composed now never can; anything else: try later */
  async compose(row: Mail): Promise<SendMailOptions> {
    return Promise.resolve(messageOf(row, this.sender));
  }
}
