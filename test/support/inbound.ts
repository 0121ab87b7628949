import type { AddressUse } from '#libs/mail/reply-address.js';
import { signedAddress } from '#libs/mail/reply-address.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';

/** Where replies to the mails of the tests go. */
export const INBOUND = { domain: 'in.action48.test', secretsKey: Buffer.alloc(32).toString('base64') };

export const addressOf = (use: AddressUse, row: Pick<Mail, 'id' | 'recipient' | 'caseId'>): string =>
  signedAddress(use, row, INBOUND);

let written = 0;

/** A message as mail programs write it; headers replace or are added, an empty one is left out. */
export function rawMail(body: string, headers: Record<string, string> = {}): Buffer {
  const all: Record<string, string> = {
    From: 'Somebody <somebody@example.test>',
    To: `reply@${INBOUND.domain}`,
    Subject: 'Re: CCM-A9-2026-0042',
    Date: 'Fri, 27 Nov 2026 10:00:00 +0000',
    'Message-ID': `<written-${process.pid}-${(written += 1)}@example.test>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const head = Object.entries(all).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return Buffer.from([...head, '', body].join('\n').replace(/\r?\n/g, '\r\n'));
}

/** A report of a mail server (RFC 3464), with the returned headers. */
export function report(
  status: string,
  headers: Record<string, string> = {},
  returned = 'Message-ID: <returned@example.test>',
): Buffer {
  const body = `--b
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.test.
I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test
Arrival-Date: Fri, 27 Nov 2026 10:00:00 +0000

${status}

--b
Content-Type: text/rfc822-headers

${returned}
Subject: CCM-A9-2026-0042

--b--
`;
  return rawMail(body, {
    From: 'MAILER-DAEMON@mx.example.test (Mail Delivery System)',
    Subject: 'Undelivered Mail Returned to Sender',
    'Auto-Submitted': 'auto-replied',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
    ...headers,
  });
}

export const FAILED = `Final-Recipient: rfc822; nobody@example.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.test>: Recipient address
    rejected: User unknown`;
export const DELAYED = `Final-Recipient: rfc822; nobody@example.test
Action: delayed
Status: 4.4.1
Diagnostic-Code: smtp; connect to mx.example.test: Connection timed out
Will-Retry-Until: Wed, 2 Dec 2026 10:00:00 +0000`;
