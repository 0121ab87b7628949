import { DELAYED, FAILED, rawMail, report } from '../../test/support/inbound.js';
import { classify, looksAutomatic } from './classify.js';
import { readMessage } from './read-message.js';

const OURS = { from: 'someone@example.test', to: ['reply@in.action48.test'] };
const BOUNCES = `bounces+${'0'.repeat(42)}@in.action48.test`;
const kindOf = async (raw: Buffer, envelope: Parameters<typeof readMessage>[1] = OURS) =>
  classify(await readMessage(raw, envelope));

/** As Exchange reports: another order of parts, HTML, no blank line behind the last field. */
const EXCHANGE = Buffer.from(
  [
    'From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.test>',
    'To: <bounces@in.action48.test>',
    'Subject: Undeliverable: CCM-A9-2026-0042',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="_000_x_"',
    'MIME-Version: 1.0',
    'X-MS-Exchange-Message-Is-Ndr:',
    '',
    '--_000_x_',
    'Content-Type: multipart/alternative; boundary="_001_x_"',
    '',
    '--_001_x_',
    'Content-Type: text/plain; charset="us-ascii"',
    '',
    'Delivery has failed to these recipients or groups:',
    '--_001_x_',
    'Content-Type: text/html; charset="us-ascii"',
    '',
    '<html><body><p>Delivery has failed</p></body></html>',
    '--_001_x_--',
    '--_000_x_',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns;ex01.example.test',
    '',
    'Final-recipient: RFC822; legal@example.test',
    'Action: failed',
    'Status: 5.7.133',
    'Diagnostic-code: smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required',
    '--_000_x_',
    'Content-Type: message/rfc822',
    '',
    'Message-ID: <returned@example.test>',
    'Subject: CCM-A9-2026-0042',
    '',
    'The original.',
    '--_000_x_--',
  ].join('\r\n'),
);
const GMAIL = `Final-Recipient: rfc822; legal@gmail.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.test. (192.0.2.1, the server for the domain gmail.test.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550 5.1.1 double-checking the recipient's email address for typos
Last-Attempt-Date: Fri, 27 Nov 2026 02:00:00 -0800 (PST)`;
const EXIM = `Action: failed
Final-Recipient: rfc822;legal@example.test
Status: 5.0.0
Remote-MTA: dns; mx.example.test
Diagnostic-Code: smtp; 550 Administrative prohibition`;

describe('what a message is', () => {
  it.each<[string, Buffer, object]>([
    [
      'Postfix, no such person',
      report(FAILED),
      { verdict: 'failed', detail: expect.stringMatching(/^5\.1\.1 550 5\.1\.1 <nobody@.*User unknown$/) },
    ],
    [
      'Postfix, still trying',
      report(DELAYED),
      { verdict: 'delayed', detail: expect.stringMatching(/^4\.4\.1 connect to/) },
    ],
    ['Exchange', EXCHANGE, { verdict: 'failed', detail: expect.stringMatching(/^5\.7\.133 550/) }],
    [
      'Gmail',
      report(GMAIL),
      { verdict: 'failed', detail: expect.stringMatching(/^5\.1\.1 550-5\.1\.1 The email account/) },
    ],
    ['Exim', report(EXIM), { verdict: 'failed', detail: '5.0.0 550 Administrative prohibition' }],
    [
      'delivered after all',
      report('Final-Recipient: rfc822; a@b.test\nAction: delivered\nStatus: 2.0.0'),
      { verdict: 'arrived' },
    ],
    [
      'no action, class 4',
      report('Final-Recipient: rfc822; a@b.test\nStatus: 4.2.2 (mailbox full)'),
      { verdict: 'delayed' },
    ],
    ['two recipients, one of them failed', report(`${DELAYED}\n\n${FAILED}`), { verdict: 'failed' }],
    ['fields of nobody', report('Nothing that is a field'), { verdict: 'failed' }],
  ])('a report of a mail server: %s', async (_, raw, expected) => {
    expect(await kindOf(raw)).toMatchObject({ kind: 'bounce', ...expected });
  });

  it('a report in plain words, known by the address that it comes back to', async () => {
    const raw = rawMail('Hi. This is the qmail-send program. 550 No such user', {
      From: 'MAILER-DAEMON@qmail.example.test',
      To: BOUNCES,
    });
    expect(await kindOf(raw, { from: '', to: [BOUNCES] })).toMatchObject({ kind: 'bounce', verdict: 'failed' });
    const later = rawMail('Your message is delayed; we will keep trying.', {
      From: 'postmaster@example.test',
      To: BOUNCES,
    });
    expect(await kindOf(later, { from: '', to: [BOUNCES] })).toMatchObject({ kind: 'bounce', verdict: 'delayed' });
  });

  it.each<[string, Record<string, string>]>([
    ['RFC 3834', { 'Auto-Submitted': 'auto-replied' }],
    ['RFC 3834, with parameters', { 'Auto-Submitted': 'auto-replied (vacation)' }],
    ['a program', { 'Auto-Submitted': 'auto-generated' }],
    ['Exchange', { Subject: 'Automatic reply: CCM-A9-2026-0042', 'X-Auto-Response-Suppress': 'All' }],
    ['older programs', { Precedence: 'auto_reply' }],
    ['a list', { Precedence: 'bulk' }],
    ['a list server', { Precedence: 'list' }],
    ['Plesk', { 'X-Autoreply': 'yes' }],
    ['cPanel', { 'X-Autorespond': 'away' }],
    ['a returned path', { 'Return-Path': '<>' }],
    ['a mail server itself', { From: 'MAILER-DAEMON@example.test' }],
  ])('written by a machine: %s', async (_, headers) => {
    expect(await kindOf(rawMail('I am away.', headers))).toMatchObject({ kind: 'automatic' });
  });

  it('our own mail, come back', async () => {
    expect(
      await kindOf(rawMail('A reminder.', { 'X-Action48-Ledger': 'x', 'Auto-Submitted': 'auto-generated' })),
    ).toEqual({ kind: 'loop' });
  });

  it.each<[string, Record<string, string>]>([
    ['nothing special about it', {}],
    ['which says that no machine did', { 'Auto-Submitted': 'no' }],
    ['who speaks of being away', { Subject: 'Out of office next week' }],
  ])('written by a person: %s', async (_, headers) => {
    expect(await kindOf(rawMail('Yes, gladly.', headers))).toEqual({ kind: 'reply' });
  });

  it.each([
    'Automatic reply: your request',
    'Out of Office',
    'Réponse automatique : Rappel',
    'Respuesta automática: Recordatorio',
    'Resposta automática: Lembrete',
    'Автоматический ответ: Напоминание',
    'رد تلقائي: تذكير',
    '自动回复: 提醒',
  ])('has a subject as of a machine, which decides nothing: %s', async (subject) => {
    expect(looksAutomatic(subject)).toBe(true);
    const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
    expect(await kindOf(rawMail('Away.', { Subject: encoded }))).toEqual({ kind: 'reply' });
    expect(looksAutomatic(`Re: ${subject}`)).toBe(false);
  });
});
