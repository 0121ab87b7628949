import { PDF } from './documents.js';
import type { Reason } from '#libs/documents/reasons.js';

/** A file that somebody sends who means ill, and what becomes of it: the reason, or the name under which it is kept. */
export interface HostileFile {
  what: string;
  name: string;
  content: Buffer;
  type?: string;
  refused?: Reason;
  kept?: string;
}

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const text = (content: string) => Buffer.from(content);
export const SCRIPT = '<script>alert(1)</script>';
export const refused = (
  reason: Reason,
  what: string,
  name: string,
  content: Buffer,
  type = 'application/pdf',
): HostileFile => ({
  what,
  name,
  content,
  type,
  refused: reason,
});
export const kept = (
  keptAs: string,
  what: string,
  name: string,
  content = PDF(what),
  type = 'text/html',
): HostileFile => ({
  what,
  name,
  content,
  type,
  kept: keptAs,
});
