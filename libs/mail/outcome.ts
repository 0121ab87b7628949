export type Outcome = 'refused' | 'not_sent' | 'unknown';

interface SmtpError {
  code?: string;
  responseCode?: number;
  command?: string;
}

/**
 * What a failed sending means: refused for good, surely not sent, or nobody knows.
 * @param bodyLeft whether anything of the message itself had gone to the server. nodemailer names the command `CONN`
 *   for every broken or silent connection, also for one that broke behind the final dot.
 */
export function outcomeOf(error: unknown, bodyLeft: boolean): Outcome {
  const { code, responseCode, command = '' } = error as SmtpError;
  if (responseCode !== undefined) return answered(responseCode, command);
  if (code === 'EENVELOPE') return 'refused';
  return bodyLeft ? 'unknown' : 'not_sent';
}

/** A refusal of the recipient or of the message is final; one of ourselves (greeting, sign-in, sender) is the operator's to mend. */
function answered(responseCode: number, command: string): Outcome {
  return responseCode >= 500 && /^(RCPT TO|DATA)/.test(command) ? 'refused' : 'not_sent';
}
