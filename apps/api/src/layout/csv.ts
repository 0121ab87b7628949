/** A table for a spreadsheet: UTF-8 with a mark, RFC 4180, and no cell that begins a formula. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** What a spreadsheet would begin a formula with, in the wide forms of East Asia too, behind any signs that say it is text. */
const FORMULA = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** A text that begins with `'` and a formula gets one more, so that whoever reads the table takes away one and has the text. */
function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
