import { MailDecisions } from '#libs/mail/decisions.js';
import type { MailDecision } from '#libs/mail/decisions.js';
import { StandsInTheWay } from '#libs/people/refused.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';
import { mailOf } from './mail-ledger.js';

/** `action48 mail resend ID --reason TEXT`: once more, under the same Message-ID. */
export const mailResend: CliCommand = {
  words: 'mail resend',
  takes: 'ID',
  says: 'send a mail once more that did not arrive for certain (--reason TEXT)',
  run: (context) => decide(context, 'sent_again'),
};

/** `action48 mail leave ID --reason TEXT`: nothing is sent. */
export const mailLeave: CliCommand = {
  words: 'mail leave',
  takes: 'ID',
  says: 'leave a mail as it is that did not arrive for certain (--reason TEXT)',
  run: (context) => decide(context, 'left'),
};

async function decide(context: CommandContext, what: MailDecision): Promise<0 | 1> {
  const reason = context.options.reason?.trim();
  if (!reason) throw new UsageError('--reason: say why; it is kept on record.');
  const { id } = await mailOf(context);
  try {
    await new MailDecisions(await context.database()).decide({ mailId: id, what, personId: null, reason });
  } catch (error) {
    if (!(error instanceof StandsInTheWay)) throw error;
    context.print({ id, done: false, why: error.message }, [error.message]);
    return 1;
  }
  context.print({ id, done: true }, [what === 'left' ? 'left as it is' : 'goes out once more']);
  return 0;
}
