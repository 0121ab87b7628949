/** Longer lines are prose, and are not looked at for marks of quoting. */
const LONGEST_MARK = 300;

/** A line after which comes what was answered, as mail programs write it. */
const ATTRIBUTIONS = [
  /^-{2,} ?(original message|forwarded message|message d.origine|message transféré|mensaje original|mensagem original|исходное сообщение|пересылаемое сообщение|الرسالة الأصلية|原始邮件|原始郵件|邮件原件) ?-*/i,
  /^_{20,}$/,
  /^(on|le|el|em|am|il|op)\b.{4,250}\b(wrote|a écrit|escribió|escreveu|schrieb|ha scritto|schreef) ?:$/i,
  /^.{4,250}(пишет|написал|написала|написал\(а\)) ?:$/i,
  /^.{2,250}(كتب|كتبت) ?.{0,250}:$/,
  /^(在 ?)?.{4,250}(写道|寫道|来信) ?[:：]$/,
  /^.{4,200}<[^\s<>]+@[^\s<>]+>.{0,60}:$/,
];
/** The head of a message quoted as Outlook does: who, then when or to whom. */
const HEAD_FROM = /^[*]?(from|de|von|от|من|发件人|寄件者)[*]? ?[:：]/i;
const HEAD_MORE =
  /^[*]?(sent|date|to|envoyé|à|enviado|fecha|para|data|отправлено|дата|кому|تاريخ الإرسال|إلى|发送时间|日期|收件人)[*]? ?[:：]/i;
const SIGNATURE = /^-- ?$/;
const SENT_FROM =
  /^(sent from my|get outlook for|envoyé de(puis)? mon|enviado desde mi|enviado do meu|отправлено с|أرسلت من|发自我的)/i;
const QUOTED = /^\s{0,3}>/;

/**
 * What somebody wrote, without what they answer and without their signature. Simple rules of the kind that talon has;
 * where they leave nothing, all of it is given back, so that nothing that was said is ever hidden.
 */
export function withoutQuoted(text: string): string {
  const lines = text.split('\n').map((one) => one.trimEnd());
  const own = withoutSignature(aboveQuotation(lines).filter((one) => !QUOTED.test(one)));
  if (own.some(Boolean)) return joined(own);
  // Written below what it answers.
  const below = withoutSignature(lines.filter((one, index) => !QUOTED.test(one) && attributionAt(lines, index) === 0));
  return joined(below.some(Boolean) ? below : lines);
}

/** The lines above the first that says that a quotation follows. */
function aboveQuotation(lines: readonly string[]): string[] {
  const end = lines.findIndex((_, index) => attributionAt(lines, index) > 0);
  return lines.slice(0, end < 0 ? lines.length : end);
}

/** How many lines, from this one on, say that a quotation follows; mail programs wrap such a line once. */
function attributionAt(lines: readonly string[], index: number): number {
  const [one = '', two = ''] = lines.slice(index, index + 2).map((each) => each.trim());
  if (!one || one.length > LONGEST_MARK) return 0;
  if (ATTRIBUTIONS.some((mark) => mark.test(one))) return 1;
  if (
    two &&
    one.length + two.length < LONGEST_MARK &&
    /^(on|le|el|em)\b/i.test(one) &&
    ATTRIBUTIONS.some((mark) => mark.test(`${one} ${two}`))
  )
    return 2;
  return HEAD_FROM.test(one) && lines.slice(index + 1, index + 4).some((next) => HEAD_MORE.test(next.trim())) ? 1 : 0;
}

function withoutSignature(lines: readonly string[]): string[] {
  const end = lines.findIndex(
    (one) => SIGNATURE.test(one) || (one.length <= LONGEST_MARK && SENT_FROM.test(one.trim())),
  );
  return lines.slice(0, end < 0 ? lines.length : end);
}

const joined = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
