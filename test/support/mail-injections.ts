import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { Sender } from '#libs/mail/envelope.js';

export const THIEF = 'thief@evil.test';

/** Strings that have broken mail programs, ours among them (reliability.md §5), and some more. */
export const VECTORS: Record<string, string> = {
  'a line break and a header': `x\r\nBcc: ${THIEF}\r\nX-Evil: 1`,
  'a line feed alone': `x\nBcc: ${THIEF}`,
  'a carriage return alone': `x\rBcc: ${THIEF}`,
  'an empty line and a body': 'x\r\n\r\n<script>alert(1)</script>',
  'the end of the message and another one': `x\r\n.\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<${THIEF}>\r\nDATA\r\n`,
  'a line feed, a dot and a line feed': `x\n.\nRCPT TO:<${THIEF}>`,
  'a folded header': `x\r\n Bcc: ${THIEF}`,
  'a vertical tab and a form feed': `x\u000BBcc: ${THIEF}\u000C`,
  'a NUL': `x\u0000${THIEF}`,
  'a line separator': `x\u2028Bcc: ${THIEF}`,
  'a paragraph separator': `x\u2029Bcc: ${THIEF}`,
  'a next line': `x\u0085Bcc: ${THIEF}`,
  'a letter that ends in the byte of a line feed': `x\u560A\u0D0ABcc: ${THIEF}`,
  'a list with a comma': `a@example.test, ${THIEF}`,
  'a list with a semicolon': `a@example.test; ${THIEF}`,
  'a group': `friends: a@example.test, ${THIEF};`,
  'an address in angle brackets': `a@example.test <${THIEF}>`,
  'a quoted name and an address': `"x" <${THIEF}>`,
  'a quote that is not closed': `"x <${THIEF}>`,
  'a quoted local part': `"a@example.test, ${THIEF}"@example.test`,
  'a quoted local part with a line break': `"a\r\nb"@example.test`,
  'a comment': `a(${THIEF})@example.test`,
  'a route': `@example.test:${THIEF}`,
  'two at signs': `a@example.test@evil.test`,
  'a percent route': `thief%evil.test@example.test.`,
  'an address literal': 'a@[127.0.0.1]',
  'an encoded word with a line break': `=?utf-8?Q?x=0D=0ABcc:_${THIEF}?=`,
  'an encoded word in base 64': `=?utf-8?B?${Buffer.from(`x\r\nBcc: ${THIEF}`).toString('base64')}?=`,
  'an encoded word that is an address': `=?utf-8?Q?a=40example.test=2C_thief=40evil.test?=`,
  'UTF-7': '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  'an override of the direction': `x\u202Egpj.exe`,
  'isolates that do not end': `x\u2067\u2067y`,
  'a homoglyph': 'focal@exаmple.test',
  'a domain in punycode': 'focal@xn--exmple-4nf.test',
  'the path of a file, as nodemailer names one': '{"path":"@FILE@"}',
  'the address of a file': 'file://@FILE@',
  'something to fetch': '@URL@/fetched',
  'a template of nunjucks': '{{ 7 * 7 }}{% include "@FILE@" %}',
  'a template of ICU': '{clock}{n, plural, one {x}}',
  HTML: `<img src="@URL@/pixel"><a href="@URL@">x</a>`,
  'an end of an attribute': `"><script>alert(1)</script>`,
  'very much': 'x'.repeat(100_000),
  'very much without a place to fold': `${'a'.repeat(2_000)}@${'b'.repeat(2_000)}.test`,
  'many line breaks': '\r\n'.repeat(5_000),
  'a lone surrogate': 'x\uD83D',
};

/** Every place of a mail that a string reaches. */
export const PLACES: Record<
  string,
  (text: string) => { row?: Partial<Mail>; parameters?: object; sender?: Partial<Sender> }
> = {
  recipient: (recipient) => ({ row: { recipient } }),
  'name of the recipient': (recipientName) => ({ row: { recipientName } }),
  language: (language) => ({ row: { language } }),
  reference: (reference) => ({ parameters: { reference } }),
  'name of the State': (state) => ({ parameters: { state } }),
  stage: (stage) => ({ parameters: { stage } }),
  'title of a clock': (title) => ({ parameters: { clock: { name: 'x', title } } }),
  level: (level) => ({ row: { kind: 'escalation' }, parameters: { level } }),
  'name of whoever is away': (name) => ({ parameters: { insteadOf: { name, until: '2026-12-04' } } }),
  'path of the page': (path) => ({ parameters: { path } }),
  'name of a token': (name) => ({
    row: { kind: 'token_made' },
    parameters: { path: '/account/tokens', values: { name } },
  }),
  'name of whoever invites': (inviter) => ({
    row: { kind: 'account_invitation' },
    parameters: { path: '/welcome', values: { inviter, roles: 'coordinator' } },
  }),
  'name of the sender': (name) => ({ sender: { mailFrom: `${name.replaceAll('<', '')} <no-reply@action48.test>` } }),
};
