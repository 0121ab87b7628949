import type { DigestItem, DigestParameters } from '#libs/contracts/mail.js';
import { formatInstant } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { line } from '#libs/text/characters.js';
import { DIGEST_WORDS } from './digest-words.js';
import { layOutDigest } from './digest-layout.js';
import type { DigestCase } from './digest-layout.js';
import type { MailText } from './layout.js';
import { WORDING } from './wording.js';

/** A digest in its reader's language: by case, in the order in which the cases were first spoken of. */
export function renderDigest(
  { items, more, timezone, path }: DigestParameters,
  unsubscribe: string | null,
  language: string,
  publicUrl: string,
): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const address = (page: string): string => new URL(page, publicUrl).href;
  const references = [...new Set(items.map(({ reference }) => reference))];
  return layOutDigest({
    lang,
    subject: `Action48: ${_(DIGEST_WORDS.subject, { n: items.length + more })}`,
    lines: DIGEST_WORDS.lines.map((one) => _(one)),
    cases: references.map((reference) =>
      caseOf(
        items.filter((item) => item.reference === reference),
        { lang, timezone, address },
      ),
    ),
    more: more ? _(DIGEST_WORDS.more, { n: more }) : null,
    links: [
      [_(DIGEST_WORDS.open), address(path)],
      [_(DIGEST_WORDS.choose), address('/account/mail')],
      ...(unsubscribe ? [[_(DIGEST_WORDS.stop), address(unsubscribe)] as [string, string]] : []),
    ],
    foot: _(DIGEST_WORDS.foot),
  });
}

interface Reading {
  lang: string;
  timezone: string;
  /** The address of a page. */
  address: (page: string) => string;
}

/** The same thing several times is said once, with its number. */
function caseOf(items: readonly DigestItem[], { lang, timezone, address }: Reading): DigestCase {
  const _ = translator(lang);
  const last = items.at(-1) as DigestItem;
  const said = items.map((item) => happening(item, lang, timezone));
  const times = (text: string): number => said.filter((one) => one === text).length;
  return {
    reference: line(last.reference),
    stage: [_('Stage'), _(last.stage)],
    link: address(last.path),
    happenings: [...new Set(said)].map((text) => (times(text) > 1 ? `${text} (${times(text)})` : text)),
  };
}

function happening({ kind, stage, dueAt }: DigestItem, lang: string, timezone: string): string {
  const _ = translator(lang);
  const text = _(WORDING[kind].subject, { stage: _(stage), clock: _(stage), level: '' });
  const due = dueAt && formatInstant(Date.parse(dueAt), lang, timezone, _('Geneva'));
  return due ? `${text} (${_('Due')} ${due})` : text;
}
