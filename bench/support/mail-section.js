import { figure, markdown, range } from './results.js';

/** What the mailer sends, beside the least that sending takes. */
export const mail = {
  title: 'Mails per second, and an urgent one among ten thousand',
  body: ({ rounds, mails, rows, burst }) => {
    const table = markdown(
      ['Arm', 'Per second', 'Rate to nodemailer', 'Lost', 'Twice'],
      rows.map(({ arm, perSecond, toRaw, lost, twice }) => [arm, range(perSecond), `× ${range(toRaw)}`, lost, twice]),
    );
    return `${table}

Median over ${rounds} rounds of ${mails} mails (a tenth of them without a pool), arms in turns; least and most in brackets; the ratios are taken round by round. The
server is a process of its own that takes everything at once and counts what came, by ledger key. nodemailer alone and with the marks is given
messages that were composed before; the mailer takes up rows, asks the rules of mail, composes in seven languages, marks each before its connection
is used, and notes outcome and history. All have as many connections. Goal: 0.6 of nodemailer, pooled.

${burst.count} mails due at one instant were drained in ${figure(burst.drainMs / 1000)} s. An urgent one, written when half of them had gone, was with the server
after **${figure(burst.urgentMs)} ms**; the last of the others ${figure(burst.leftMs / 1000)} s after it was written.`;
  },
};
