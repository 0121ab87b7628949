import type { DocumentView } from '#libs/documents/document-shelf.js';
import { ENDINGS } from '#libs/documents/file-types.js';

/** What a step has done, by its name in the address. */
export const DOCUMENTS_DONE: Record<string, string> = {
  added: 'Taken. What is new in the list can be opened once it has been checked.',
  released: 'Released: those who work on this case may read it from now on.',
  removed: 'Taken back.',
};

export const CHOOSE = 'Choose 1 to 10 files, then send them.';

/** Where a document stands, in words. */
export const STATE_WORDS = {
  quarantined: 'Waits for the virus scan; nobody can open it yet',
  clean: 'Scanned for viruses: clean',
  type: 'Checked by its type only, not scanned for viruses',
  infected: 'The virus scan found something: it was not kept',
  refused: 'Not taken',
} as const;

export const LETTER_WORDS = {
  R: 'The State and the coordinators',
  P: 'Also those who work on this case',
} as const;

export const TYPE_WORDS: Record<string, string> = { '.pdf': 'PDF', '.docx': 'Word', '.txt': 'plain text' };

const KIB = 1024;

/** `0.4 MB`, in the page's language. */
export function sizeText(bytes: number, lang: string): string {
  const [amount, unit] = bytes < KIB * KIB ? [Math.ceil(bytes / KIB), 'kilobyte'] : [bytes / KIB / KIB, 'megabyte'];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount);
}

/** A document as a row of a page. */
export const rowOf = (document: DocumentView, lang: string) => ({
  ...document,
  sizeText: sizeText(document.size, lang),
  typeText: document.type ? TYPE_WORDS[ENDINGS[document.type as keyof typeof ENDINGS]] : null,
  stateText: STATE_WORDS[document.state === 'clean' && document.checkedBy === 'type' ? 'type' : document.state],
  stateIcon: document.state === 'clean' ? 'met' : document.state === 'quarantined' ? 'running' : 'late',
  letterText: LETTER_WORDS[document.letter],
});
