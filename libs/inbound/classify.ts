import { readAddress } from '#libs/mail/reply-address.js';
import { recipientStatuses, verdictOf, verdictOfWords } from './delivery-status.js';
import type { Verdict } from './delivery-status.js';
import type { ReceivedMessage } from './read-message.js';

export type Classified =
  /** A mail server says what became of a mail of ours. */
  | { kind: 'bounce'; verdict: Verdict; detail: string }
  /** A machine answers: nobody has read the mail yet. */
  | { kind: 'automatic'; sign: string }
  /** Our own mail has come back to us. */
  | { kind: 'loop' }
  | { kind: 'reply' };

/** Names that mail servers write reports under. */
const REPORTER = /^(mailer-daemon|postmaster|mail-daemon|mdaemon|mail\.?delivery|daemon)\b/i;
const PRECEDENCE = /^(bulk|list|junk|auto[-_]reply)\b/i;
const MARKS = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress', 'x-autoresponder', 'x-auto-reply-from'];

/** What a message is. Pure; the surest signs are asked first, and nothing is ever answered whatever it is. */
export function classify(message: ReceivedMessage): Classified {
  if (message.header('x-action48-ledger')) return { kind: 'loop' };
  const report = reportOf(message);
  if (report) return report;
  const sign = automaticSign(message);
  return sign ? { kind: 'automatic', sign } : { kind: 'reply' };
}

function reportOf(message: ReceivedMessage): Classified | null {
  const { deliveryStatus, text, fromNobody, from } = message;
  if (deliveryStatus !== null) {
    const statuses = recipientStatuses(deliveryStatus);
    const worst =
      statuses.find((one) => verdictOf(one) === 'failed') ??
      statuses.find((one) => verdictOf(one) === 'delayed') ??
      statuses[0];
    if (worst)
      return {
        kind: 'bounce',
        verdict: verdictOf(worst),
        detail: [worst.status, worst.diagnostic].filter(Boolean).join(' '),
      };
    return { kind: 'bounce', verdict: verdictOfWords(text), detail: firstWords(text) };
  }
  // A report in plain words, as some servers write it: known by where it was sent to.
  const toBounces = message.to.some((address) => readAddress(address)?.use === 'bounces');
  const fromServer = REPORTER.test(from.address) || (fromNobody && !isAutoSubmitted(message));
  return toBounces && fromServer ? { kind: 'bounce', verdict: verdictOfWords(text), detail: firstWords(text) } : null;
}

/** The sign by which a message is known to be written by a machine (RFC 3834, and what came before it); null: none. */
function automaticSign(message: ReceivedMessage): string | null {
  if (isAutoSubmitted(message)) return 'Auto-Submitted';
  if (PRECEDENCE.test(message.header('precedence'))) return 'Precedence';
  const mark = MARKS.find((name) => message.header(name));
  if (mark) return mark;
  if (message.fromNobody) return 'Return-Path';
  return REPORTER.test(message.from.address) ? 'From' : null;
}

const isAutoSubmitted = ({ header }: ReceivedMessage): boolean => {
  const value = header('auto-submitted').toLowerCase();
  return value !== '' && !/^no\b/.test(value);
};

/** Subjects of machines that do not say what they are, in the languages of the system and of its neighbours. */
const OUT_OF_OFFICE = [
  /^(auto(matic)?[ -]?(reply|response)|auto:|out of (the )?office|away from (the )?office|on leave|vacation)\b/i,
  /^(réponse automatique|absence du bureau|absent(e)? du bureau|en congé|message d.absence)/i,
  /^(respuesta automática|fuera de (la )?oficina|ausente de la oficina|ausencia)/i,
  /^(resposta automática|fora do escritório|ausente do escritório|ausência)/i,
  /^(автоматический ответ|автоответ|я в отпуске|нет на месте|вне офиса)/i,
  /^(رد تلقائي|الرد التلقائي|خارج المكتب|في إجازة)/,
  /^(自动回复|自動回覆|自动答复|外出|不在办公室|休假)/,
];

/** A weak sign that a machine wrote it: said beside the message, and nothing is decided by it. */
export const looksAutomatic = (subject: string): boolean => OUT_OF_OFFICE.some((one) => one.test(subject.trim()));

const firstWords = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);
