/** RFC 5545 §3.1, the line break not counted. */
const LONGEST_BYTES = 75;

/** The lines of an iCalendar file, none longer than 75 bytes and no letter cut in two. */
export const folded = (file: string): string => file.replaceAll('\r\n ', '').split('\r\n').map(foldedLine).join('\r\n');

function foldedLine(line: string): string {
  let bytes = 0;
  let text = '';
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (bytes + size > LONGEST_BYTES) {
      text += '\r\n ';
      bytes = 1;
    }
    text += sign;
    bytes += size;
  }
  return text;
}
