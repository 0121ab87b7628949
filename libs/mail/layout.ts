import { direction } from '#libs/i18n/translator.js';
import { escapeHtml } from './escape-html.js';
import { isolated } from './isolate.js';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** What a mail says, in its recipient's words already. */
interface Letter {
  lang: string;
  subject: string;
  lines: string[];
  facts: [string, string][];
  link: string;
  /** What the link is called. */
  call: string;
  foot: string;
}

/** One letter in two forms: plain text, and one column of HTML that says the same. */
export function layOut(letter: Letter): MailText {
  const { lang, subject, lines, facts, link, call, foot } = letter;
  const text = [
    ...lines,
    '',
    ...facts.map(([name, value]) => `${name}${colon(lang)} ${apart(value, lang)}`),
    ...(facts.length ? [''] : []),
    `${call}${colon(lang)}`,
    link,
    '',
    ...signed(foot),
  ].join('\n');
  return { subject, text, html: page(letter) };
}

/** In plain text as in HTML, each zone of an instant keeps to itself. */
const apart = (value: string, lang: string): string =>
  value
    .split(' = ')
    .map((one) => isolated(one, lang))
    .join(' = ');

/** How every plain text ends. */
export const signed = (foot: string): string[] => ['-- ', 'Action48', foot, ''];

/** French sets a space before it, Chinese has its own. */
export const colon = (lang: string): string => ({ fr: '\u00a0:', zh: '：' })[lang] ?? ':';

const FONT =
  'font-family:system-ui,Noto Sans,Noto Sans Arabic,Noto Sans SC,PingFang SC,Microsoft YaHei,sans-serif;font-size:16px;line-height:1.45;color:#0b0c0c';

export const BUTTON =
  'display:inline-block;padding:10px 16px;background:#12436d;color:#fff;text-decoration:none;font-weight:700';

/** One column of HTML: no picture, no remote content, nothing that tells us it was opened. */
export const framed = (lang: string, subject: string, body: string): string => `<!DOCTYPE html>
<html lang="${lang}" dir="${direction(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:16px;background:#fff"><div style="max-width:36em;${FONT}">
<p style="margin:0 0 16px;padding-bottom:8px;border-bottom:3px solid #12436d;font-weight:700">Action48</p>
${body}
</div></body></html>
`;

function page({ lang, subject, lines, facts, link, call, foot }: Letter): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 12px">${escapeHtml(line)}</p>`).join('\n');
  const button = `<p style="margin:0 0 20px"><a href="${escapeHtml(link)}" style="${BUTTON}">${escapeHtml(call)}</a></p>`;
  return framed(
    lang,
    subject,
    `${paragraphs}
${table(facts, direction(lang))}${button}
<p style="margin:0;color:#484f56;font-size:14px">${escapeHtml(foot)}</p>`,
  );
}

function table(facts: Letter['facts'], dir: 'ltr' | 'rtl'): string {
  if (!facts.length) return '';
  return `<table style="border-collapse:collapse;margin:0 0 16px">
${facts.map((fact) => row(fact, dir)).join('\n')}
</table>
`;
}

/** Left and right by name: mail programs do not know `start` and `end`. Each zone of an instant has a line of its own. */
function row([name, value]: [string, string], dir: 'ltr' | 'rtl'): string {
  const [side, gap] = dir === 'rtl' ? ['right', '0 4px 12px'] : ['left', '12px 4px 0'];
  const lines = value.split(' = ').map((line) => `<bdi>${escapeHtml(line)}</bdi>`);
  return `<tr><th scope="row" style="text-align:${side};padding:4px ${gap};vertical-align:top;white-space:nowrap">${escapeHtml(name)}</th><td style="text-align:${side};padding:4px 0;vertical-align:top">${lines.join('<br>= ')}</td></tr>`;
}
