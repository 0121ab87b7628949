import fc from 'fast-check';
import { composed, line, logged, visible } from './characters.js';
import { shownAddress } from './address.js';
import { HONEST_TEXTS, TRICKS } from '../../test/support/texts.js';

const any = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/\p{Cs}/u.test(text));
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), fc.constantFrom(...HONEST_TEXTS), any), { maxLength: 6 })
  .map((parts) => parts.join(''));

/** What cannot be seen, other than the joiners of scripts that need them and signs that only count as format. */
const HIDDEN =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0001}-\u{E007F}\p{Cc}\u2028\u2029]/u;

describe('a name or a title', () => {
  it('of more than two hundred honest texts in twenty scripts stays exactly as it is', () => {
    expect(HONEST_TEXTS.length).toBeGreaterThan(200);
    for (const text of HONEST_TEXTS) expect(line(text)).toBe(text.normalize('NFC'));
  });

  it('loses every character that hides or reorders, wherever it stands', () => {
    for (const trick of TRICKS)
      for (const text of [trick, `${trick}Bravia`, `Bravia${trick}`, `Bra${trick}via`, `ب${trick}ب`])
        expect({ text, hidden: HIDDEN.test(line(text)) }).toEqual({ text, hidden: false });
  });

  it.each([
    ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['Bra\u200Bvia', 'Bravia'],
    ['Bra\u200Cvia', 'Bravia'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['می\u200C', 'می'],
    ['می\u200C\u200C\u200Cخواهم', 'میخواهم'],
    ['क्\u200Dष', 'क्\u200Dष'],
    ['first\r\nBcc: thief@example.test', 'first Bcc: thief@example.test'],
    ['tab\tand\u2028line', 'tab and line'],
    ['  Mwila   Banda ', 'Mwila Banda'],
    ['Cafe\u0301', 'Café'],
    ['\uFEFFBravia', 'Bravia'],
  ])('%j becomes %j', (given, kept) => {
    expect(line(given)).toBe(kept);
  });

  it('is the same when it is cleaned a second time, is in one form, and has one line', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const once = line(text);
        expect(line(once)).toBe(once);
        expect(once).toBe(composed(once));
        expect(once).not.toMatch(/[\r\n\u2028\u2029]/);
        expect(HIDDEN.test(once)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('free text as it is shown', () => {
  it('is as it was written when it only has letters', () => {
    for (const text of HONEST_TEXTS) expect(visible(text)).toBe(text);
  });

  it('shows what reorders it', () => {
    expect(visible('abc\u202Edef\u202C')).toBe('abc⟨U+202E⟩def⟨U+202C⟩');
    expect(visible('a \u2067unclosed')).toBe('a ⟨U+2067⟩unclosed');
    expect(visible('a \u2069\u2067b')).toBe('a ⟨U+2069⟩⟨U+2067⟩b');
    expect(visible('due \u2068Fri\u2069')).toBe('due \u2068Fri\u2069');
    expect(visible('\u2067a \u2066b\u2069')).toBe('⟨U+2067⟩a \u2066b\u2069');
  });

  it('never has an override, nor an isolate that goes on after its end', () => {
    const depth = (text: string) =>
      [...text].reduce(
        (open, sign) => (/[\u2066-\u2068]/.test(sign) ? open + 1 : sign === '\u2069' ? open - 1 : open),
        0,
      );
    fc.assert(
      fc.property(nasty, (text) => {
        expect(visible(text)).not.toMatch(/[\u202A-\u202E]/);
        expect(depth(visible(text))).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a line of a log', () => {
  it('cannot be ended, coloured or hidden in by what somebody wrote', () => {
    expect(logged('x\n[Nest] all is well\u001b[2J')).toBe('x\\n[Nest] all is well\\u{1b}[2J');
    fc.assert(
      fc.property(nasty, (text) => !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(logged(text))),
      { numRuns: 2_000 },
    );
  });
});

describe('an e-mail address', () => {
  it.each([
    'focal@bravia.example.test',
    'a@münchen.example',
    'a@правительство.рф',
    'a@例え.テスト',
    'a@한국漢字.kr',
    'a@وزارة.مصر',
    'no address',
  ])('is shown as it is when its letters are of one script: %s', (address) => {
    expect(shownAddress(address)).toBe(address);
  });

  it.each([
    ['a@pаypal.example', 'a@xn--pypal-4ve.example'],
    ['a@аррӏе.example', 'a@xn--80ak6aa92e.example'],
    ['a@brαvia.example', 'a@xn--brvia-e9d.example'],
    ['a@ministry.gοv', 'a@ministry.xn--gv-jbc'],
  ])('is shown in its ASCII form when scripts mix or pass for Latin: %s', (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
  });
});
