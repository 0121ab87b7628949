export type Outcome = 'refused' | 'not_sent' | 'away' | 'unknown';

interface SmtpError {
  code?: string;
  responseCode?: number;
  command?: string;
  syscall?: string;
}

/** About the session, not about the mail: out of order, not signed in. */
const OF_SESSION = [503, 530];

/**
 * What a failed sending means: refused for good, surely not sent, not even a server there (which says nothing about the
 * mail), or nobody knows.
 * @param bodyLeft whether anything of the message itself had gone to the server. nodemailer names the command `CONN`
 *   for every broken or silent connection, also for one that broke behind the final dot.
 */
export function outcomeOf(error: unknown, bodyLeft: boolean): Outcome {
  const { code, responseCode = 0, command = '', syscall } = error as SmtpError;
  if (responseCode >= 400) return answered(responseCode, command);
  if (code === 'EENVELOPE') return 'refused';
  if (bodyLeft) return 'unknown';
  return syscall === 'connect' || code === 'EDNS' ? 'away' : 'not_sent';
}

/** A refusal of the recipient or of the message is final; one of ourselves (greeting, sign-in, sender) is the operator's to mend. */
function answered(responseCode: number, command: string): Outcome {
  const isFinal = responseCode >= 500 && !OF_SESSION.includes(responseCode);
  return isFinal && /^(RCPT TO|DATA)/.test(command) ? 'refused' : 'not_sent';
}
