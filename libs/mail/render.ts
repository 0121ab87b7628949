import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { formatDay, formatInstant } from '#libs/i18n/dates.js';
import { direction, interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { escapeHtml } from './escape-html.js';
import { WORDING } from './wording.js';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** A mail in its recipient's language: plain text, and one column of HTML that says the same. */
export function renderMail(kind: MailKind, parameters: MailParameters, language: string, publicUrl: string): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const wording = WORDING[kind];
  const values = {
    clock: _(parameters.clock?.title ?? parameters.stage),
    level: parameters.level ?? '',
    stage: _(parameters.stage),
  };
  const subject = `${parameters.reference}: ${_(wording.subject, values)}`;
  const facts = factsOf(parameters, lang);
  const lines = [...wording.lines.map((line) => _(line, values)), ...standingIn(parameters, lang)];
  const link = new URL(parameters.path, publicUrl).href;
  const foot = _('You receive this because of your part in this case. The content of the case is never sent by mail.');
  const text = [
    ...lines,
    '',
    ...facts.map(([name, value]) => `${name}${colon(lang)} ${value}`),
    '',
    `${_(wording.link)}${colon(lang)}`,
    link,
    '',
    '-- ',
    'Action48',
    foot,
    '',
  ].join('\n');
  return { subject, text, html: page({ lang, subject, lines, facts, link, call: _(wording.link), foot }) };
}

/** Said to whoever gets a mail in the place of somebody on leave. */
export const STANDING_IN = 'You receive this for {name}, who is away until {date}.';

function standingIn({ insteadOf }: MailParameters, lang: string): string[] {
  if (!insteadOf) return [];
  const date = formatDay(Date.parse(insteadOf.until), lang, { timeZone: 'UTC', year: true });
  return [translator(lang)(STANDING_IN, { name: insteadOf.name, date })];
}

/** French sets a space before it, Chinese has its own. */
const colon = (lang: string): string => ({ fr: '\u00a0:', zh: '：' })[lang] ?? ':';

function factsOf({ reference, state, stage, dueAt, timezone }: MailParameters, lang: string): [string, string][] {
  const _ = translator(lang);
  return [
    [_('Reference'), reference],
    ...(state ? [[_('State'), state] as [string, string]] : []),
    [_('Stage'), _(stage)],
    ...(dueAt ? [[_('Due'), formatInstant(Date.parse(dueAt), lang, timezone, _('Geneva'))] as [string, string]] : []),
  ];
}

interface Page {
  lang: string;
  subject: string;
  lines: string[];
  facts: [string, string][];
  link: string;
  call: string;
  foot: string;
}

const FONT =
  'font-family:system-ui,Noto Sans,Noto Sans Arabic,Noto Sans SC,PingFang SC,Microsoft YaHei,sans-serif;font-size:16px;line-height:1.45;color:#0b0c0c';

/** No picture, no remote content, nothing that tells us it was opened. */
function page({ lang, subject, lines, facts, link, call, foot }: Page): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 12px">${escapeHtml(line)}</p>`).join('\n');
  return `<!DOCTYPE html>
<html lang="${lang}" dir="${direction(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:16px;background:#fff"><div style="max-width:36em;${FONT}">
<p style="margin:0 0 16px;padding-bottom:8px;border-bottom:3px solid #12436d;font-weight:700">Action48</p>
${paragraphs}
<table style="border-collapse:collapse;margin:0 0 16px">
${facts.map((fact) => row(fact, direction(lang))).join('\n')}
</table>
<p style="margin:0 0 20px"><a href="${escapeHtml(link)}" style="display:inline-block;padding:10px 16px;background:#12436d;color:#fff;text-decoration:none;font-weight:700">${escapeHtml(call)}</a></p>
<p style="margin:0;color:#484f56;font-size:14px">${escapeHtml(foot)}</p>
</div></body></html>
`;
}

/** Left and right by name: mail programs do not know `start` and `end`. Each zone of an instant has a line of its own. */
function row([name, value]: [string, string], dir: 'ltr' | 'rtl'): string {
  const [side, gap] = dir === 'rtl' ? ['right', '0 4px 12px'] : ['left', '12px 4px 0'];
  const lines = value.split(' = ').map((line) => `<bdi>${escapeHtml(line)}</bdi>`);
  return `<tr><th scope="row" style="text-align:${side};padding:4px ${gap};vertical-align:top;white-space:nowrap">${escapeHtml(name)}</th><td style="text-align:${side};padding:4px 0;vertical-align:top">${lines.join('<br>= ')}</td></tr>`;
}
