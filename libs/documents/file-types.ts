import { checkDocx } from './docx.js';
import { checkPdf } from './pdf.js';
import { checkText } from './plain-text.js';
import { FILE_BYTES } from './limits.js';
import type { Reason } from './reasons.js';

/** What is accepted, as it is named in an answer. */
export const FILE_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'text/plain',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

export const ENDINGS: Record<FileType, string> = {
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'text/plain': '.txt',
};

/** What a file is, by its content alone; or why it is not taken. */
export type Checked = { type: FileType } | { reason: Reason };

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const PDF = Buffer.from('%PDF-', 'latin1');

/** Looks at the whole content; the name and what the sender calls it play no part. Never throws for any content. */
export async function checkFile(content: Buffer): Promise<Checked> {
  if (content.length === 0) return { reason: 'empty' };
  if (content.length > FILE_BYTES) return { reason: 'too_large' };
  const [type, reason] = await look(content);
  return reason === null ? { type } : { reason };
}

async function look(content: Buffer): Promise<[FileType, Reason | null]> {
  const starts = (sign: Buffer) => content.subarray(0, sign.length).equals(sign);
  if (starts(PDF)) return ['application/pdf', checkPdf(content)];
  if (starts(ZIP))
    return ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', await checkDocx(content)];
  return ['text/plain', checkText(content)];
}
