import { createHash } from 'node:crypto';

/** Strings that stand nowhere else, one for each field that somebody writes into, by the field's name. */
export class Canaries {
  readonly planted = new Map<string, string>();

  /** A word for a field; what surrounds it is to tempt whoever escapes badly. */
  in(field: string): string {
    return `${this.word(field)} “ü” <b>&'"%0A`;
  }

  /** The bare word, for fields of a narrow form. */
  word(field: string): string {
    const known = this.planted.get(field);
    if (known) return known;
    // Lower case and digits: some fields are folded, and no encoding leaves its letters as they are by chance.
    const word = `cnry${createHash('sha256').update(field).digest('hex').slice(0, 16)}`;
    this.planted.set(field, word);
    return word;
  }

  address = (field: string): string => `${this.word(field)}@canary.example.test`;

  /** Every field that can be read from these bytes, in any of the usual encodings. */
  foundIn(text: string | Buffer): string[] {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    // A mail breaks lines within words; what is folded there is one word all the same.
    const unfolded = Buffer.from(bytes.toString('latin1').replace(/=\r?\n|\r?\n[ \t]?/g, ''), 'latin1');
    return [...this.planted].flatMap(([field, word]) =>
      encodings(word).some((one) => bytes.includes(one) || unfolded.includes(one)) ? [field] : [],
    );
  }
}

/** How a word may stand somewhere: as it is, in UTF-16, hexadecimal, or base64 at each of its three alignments. */
export function encodings(word: string): Buffer[] {
  const plain = Buffer.from(word);
  const utf16 = Buffer.from(word, 'utf16le');
  return [
    plain,
    Buffer.from(word.toUpperCase()),
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(plain.toString('hex')),
    Buffer.from(plain.toString('hex').toUpperCase()),
    ...[0, 1, 2].flatMap((offset) => inBase64(plain, offset)),
    ...[0, 1, 2].flatMap((offset) => inBase64(utf16, offset)),
  ];
}

/** What every base64 text holds that has these bytes in it after `offset` others: without the letters that neighbours decide. */
function inBase64(bytes: Buffer, offset: number): Buffer[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
  const sure = (whole.length - (whole.length % 3)) * 8;
  const first = Math.ceil((offset * 8) / 6);
  const text = whole
    .subarray(0, sure / 8)
    .toString('base64')
    .slice(first);
  return [Buffer.from(text), Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'))];
}
