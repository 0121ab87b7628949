import { direction } from '#libs/i18n/translator.js';
import { escapeHtml } from './escape-html.js';
import { BUTTON, colon, framed, signed } from './layout.js';
import type { MailText } from './layout.js';

export interface DigestCase {
  reference: string;
  /** Its name and its value. */
  stage: [string, string];
  link: string;
  happenings: string[];
}

/** What a digest says, in its reader's words already. */
export interface DigestLetter {
  lang: string;
  subject: string;
  lines: string[];
  cases: DigestCase[];
  /** What is not told one by one. */
  more: string | null;
  /** Name and address; the first one is what the mail leads to. */
  links: [string, string][];
  foot: string;
}

/** A digest in two forms that say the same: plain text, and one column of HTML. */
export function layOutDigest(letter: DigestLetter): MailText {
  const { lang, subject, lines, cases, more, links, foot } = letter;
  const text = [
    ...lines,
    '',
    ...cases.flatMap(({ reference, stage: [name, value], link, happenings }) => [
      reference,
      `${name}${colon(lang)} ${value}`,
      ...happenings.map((one) => `- ${one}`),
      link,
      '',
    ]),
    ...(more ? [more, ''] : []),
    ...links.flatMap(([name, address]) => [`${name}${colon(lang)}`, address, '']),
    ...signed(foot),
  ].join('\n');
  return { subject, text, html: page(letter) };
}

function page({ lang, subject, lines, cases, more, links, foot }: DigestLetter): string {
  const dir = direction(lang);
  const paragraph = (html: string): string => `<p style="margin:0 0 12px">${html}</p>`;
  const [open, ...others] = links.map(([name, address], index) => {
    const style = index === 0 ? BUTTON : 'color:#12436d';
    return paragraph(`<a href="${escapeHtml(address)}" style="${style}">${escapeHtml(name)}</a>`);
  });
  return framed(
    lang,
    subject,
    `${lines.map((line) => paragraph(escapeHtml(line))).join('\n')}
${cases.map((one) => section(one, dir)).join('\n')}
${more ? paragraph(escapeHtml(more)) : ''}${open}
<p style="margin:0 0 12px;color:#484f56;font-size:14px">${escapeHtml(foot)}</p>
${others.join('\n')}`,
  );
}

/** Left and right by name: mail programs do not know `start` and `end`. */
function section({ reference, stage: [name, value], link, happenings }: DigestCase, dir: 'ltr' | 'rtl'): string {
  const side = dir === 'rtl' ? 'right' : 'left';
  return `<h2 style="margin:0 0 4px;font-size:18px"><a href="${escapeHtml(link)}" style="color:#12436d"><bdi>${escapeHtml(reference)}</bdi></a></h2>
<p style="margin:0 0 4px;color:#484f56">${escapeHtml(name)} <bdi>${escapeHtml(value)}</bdi></p>
<ul style="margin:0 0 16px;padding-${side}:20px">${happenings.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`;
}
