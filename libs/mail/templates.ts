import type { EntityManager } from 'typeorm';
import { log } from '#libs/observability/log.js';
import { toldError } from '#libs/observability/told-error.js';
import type { MailWords } from './words.js';

/** Words that somebody edited, and which version they are. */
export interface EditedWords extends MailWords {
  version: number;
}

interface Row {
  kind: string;
  language: string;
  version: number;
  subject: string | null;
  lines: string[] | null;
  link: string | null;
}

/** How long the mailer goes by what it has read. */
const FRESH_MS = 5_000;

/** The newest edited version of each kind and language; a kind that has gone back to the words of the program has none. */
export async function editedWords(manager: EntityManager): Promise<ReadonlyMap<string, EditedWords>> {
  const rows = await manager.query<Row[]>(
    `SELECT DISTINCT ON (kind, language) kind, language, version, subject, lines, link
     FROM mail_template_version ORDER BY kind, language, version DESC`,
  );
  return new Map(
    rows.flatMap(({ kind, language, version, subject, lines, link }) =>
      subject !== null && lines && link !== null ? [[placeOf(kind, language), { version, subject, lines, link }]] : [],
    ),
  );
}

export const placeOf = (kind: string, language: string): string => `${kind}/${language}`;

/** The edited words in force, as the mailer asks for them at every mail: read again every few seconds. */
export class MailTemplates {
  private known: ReadonlyMap<string, EditedWords> = new Map();
  private readAt = -Infinity;

  constructor(private readonly manager: EntityManager) {}

  /** Null: the words that the program comes with. While the table cannot be read, what was known before stays in force. */
  async inForce(kind: string, language: string): Promise<EditedWords | null> {
    const now = performance.now();
    if (now - this.readAt > FRESH_MS) {
      this.readAt = now;
      this.known = await editedWords(this.manager).catch((error: unknown) => {
        log('warn', 'mail', `edited templates cannot be read, mails go on without: ${toldError(error)}`);
        return this.known;
      });
    }
    return this.known.get(placeOf(kind, language)) ?? null;
  }
}
