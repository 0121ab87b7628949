/** Why a file is not taken, and what would be; in words for whoever sent it. */
export const REASONS = {
  empty: 'The file is empty. Choose the file again, or save it once more before you send it.',
  too_large: 'The file is larger than 10 MB. Send a smaller one, such as a PDF with less detail in its pictures.',
  too_many: 'A case has room for 10 files. Take back one that is not needed, or put several into one PDF.',
  case_full: 'The files of a case may have 25 MB together. Take back one that is not needed, or send a smaller one.',
  not_allowed: 'Only PDF, Word (.docx) and plain text (.txt, UTF-8) are accepted, and this file is none of them.',
  web_page: 'The file is a web page or a picture that can run programs. Save it as a PDF and send that.',
  not_whole: 'The file is damaged or not complete. Save it again as PDF, Word (.docx) or plain text.',
  two_in_one: 'The file is two kinds of file in one. Save it again as PDF, Word (.docx) or plain text.',
  active: 'The file holds programs, macros or other files. Save it again without them, best as a PDF.',
  outside: 'The document loads something from elsewhere when it is opened. Save it again as a PDF.',
  locked: 'The file is locked with a password, so that it cannot be checked. Send it without one.',
  unpacks_too_far: 'The file unpacks to far more than a document needs. Save it again as a PDF.',
  triage_full:
    'The room for files of mail without a case was taken when it came. Ask the sender to send it again, in answer to a mail of the case.',
} as const;

export type Reason = keyof typeof REASONS;

/** A file that is not taken, by the name that it would have had. */
export interface RefusedFile {
  name: string;
  reason: Reason;
}
