import type { SendMailOptions } from 'nodemailer';
import type { EntityManager } from 'typeorm';
import { makeAnswerLink } from '#libs/answering/answer-links.js';
import { hasCalledOff, leaveOut } from '#libs/case-store/left-out.js';
import { DIGEST_KIND } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { interfaceLanguage } from '#libs/i18n/translator.js';
import { log } from '#libs/observability/log.js';
import { messageOf } from './envelope.js';
import type { Sender } from './envelope.js';
import { TemplateBroken } from './message.js';
import { MailTemplates } from './templates.js';

/** What a mail was to tell has been called off; the ledger says so already. */
export class NothingToTell extends Error {
  override name = 'NothingToTell';
}

/** Makes the message of a ledger row: whatever is looked up or made for it, then `messageOf`. */
export class MailComposer {
  private readonly templates: MailTemplates;

  constructor(
    protected readonly manager: EntityManager,
    private readonly sender: Sender,
  ) {
    this.templates = new MailTemplates(manager);
  }

  /**
   * @throws NothingToTell: it was called off meanwhile · BadAddress, TooLate, Unreadable: what cannot be composed now never
   * can · anything else: try later
   */
  async compose(owed: Mail): Promise<SendMailOptions> {
    const row = owed.kind === DIGEST_KIND ? await this.withoutCalledOff(owed) : owed;
    const answer = await makeAnswerLink(this.manager, row, this.sender.secretsKey);
    const words = await this.templates.inForce(row.kind, interfaceLanguage(row.language));
    if (words) {
      try {
        const message = messageOf(row, this.sender, { words, answer });
        await this.note(row, words.version);
        return message;
      } catch (error) {
        if (!(error instanceof TemplateBroken)) throw error;
        const which = `${row.kind} in ${row.language}, version ${words.version}`;
        log('error', 'mail', `a template is broken (${which}); the words of the program are sent instead`);
      }
    }
    const message = messageOf(row, this.sender, { answer });
    await this.note(row, null);
    return message;
  }

  /** A digest that goes again: something in it may have been called off since. */
  private async withoutCalledOff(digest: Mail): Promise<Mail> {
    if (!(await hasCalledOff(this.manager, digest))) return digest;
    const left = await this.manager.transaction(async (manager) => {
      const held = await manager.findOneOrFail(Mail, {
        where: { id: digest.id },
        lock: { mode: 'for_no_key_update' },
      });
      // Whoever calls something off at this moment has taken it back from us.
      return held.state === 'claimed' ? leaveOut(manager, held) : held;
    });
    if (left.state !== 'claimed') throw new NothingToTell();
    return left;
  }

  /** Which words it was written with. */
  private async note(row: Mail, template: number | null): Promise<void> {
    if (row.template !== template) await this.manager.update(Mail, { id: row.id }, { template });
  }
}
