import type { DataSource, EntityManager } from 'typeorm';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { productNow } from '#libs/case-store/product-time.js';
import type { AccountMailKind, MailKind } from '#libs/contracts/mail.js';
import { MailReview } from '#libs/database/entities/mail-review.entity.js';
import { MailTemplateVersion } from '#libs/database/entities/mail-template-version.entity.js';
import { hashOfWords, programWords } from '#libs/mail/words.js';
import type { MailWords } from '#libs/mail/words.js';
import { templateStates } from './template-status.js';
import type { TemplateState } from './template-status.js';
import { problemsOf, tidied } from './validate.js';
import type { TemplateProblem } from './validate.js';

/** One kind of mail in one language. */
export interface TemplatePlace {
  kind: MailKind | AccountMailKind;
  language: string;
}

export interface TemplateVersion {
  version: number;
  /** Null: it went back to the words that the program comes with. */
  words: MailWords | null;
  restores: number | null;
  editedBy: string | null;
  editedAt: string;
}

/** The words cannot be used; says what of them. */
export class BadWords extends Error {
  override name = 'BadWords';

  constructor(readonly problems: readonly TemplateProblem[]) {
    super('the words of a mail are not right');
  }
}

/** Somebody has saved another version meanwhile. */
export class EditedMeanwhile extends Error {
  override name = 'EditedMeanwhile';
}

/** Where words of mails are changed and confirmed: nothing is overwritten, and every act is on record. */
export class TemplateDesk {
  constructor(private readonly dataSource: DataSource) {}

  states(): Promise<TemplateState[]> {
    return templateStates(this.dataSource.manager);
  }

  async state({ kind, language }: TemplatePlace): Promise<TemplateState> {
    const found = (await this.states()).find((one) => one.kind === kind && one.language === language);
    if (!found) throw new Error(`no state of ${kind} in ${language}`);
    return found;
  }

  /** Newest first. */
  async versions({ kind, language }: TemplatePlace): Promise<TemplateVersion[]> {
    const rows = await this.dataSource.query<(MailTemplateVersion & { name: string | null; edited_at: Date })[]>(
      `SELECT v.*, p.name FROM mail_template_version v LEFT JOIN person p ON p.id = v.edited_by
       WHERE v.kind = $1 AND v.language = $2 ORDER BY v.version DESC`,
      [kind, language],
    );
    return rows.map(({ version, subject, lines, link, restores, name, edited_at }) => ({
      ...{ version, restores, editedBy: name, editedAt: edited_at.toISOString() },
      words: subject !== null && lines && link !== null ? { subject, lines, link } : null,
    }));
  }

  /**
   * Makes a version of these words.
   * @param basedOn the newest version that the writer had before them; 0: none. @throws BadWords, EditedMeanwhile
   */
  save(place: TemplatePlace, given: MailWords, basedOn: number, actorId: string): Promise<number> {
    const words = tidied(given);
    const problems = problemsOf(place.kind, place.language, words);
    if (problems.length) throw new BadWords(problems);
    return this.add(place, words, null, basedOn, actorId);
  }

  /** Makes a version that says again what an earlier one said, or (0) what the program says. Null: there is no such version. */
  async restore(place: TemplatePlace, earlier: number, basedOn: number, actorId: string): Promise<number | null> {
    if (earlier === 0) return this.add(place, null, 0, basedOn, actorId);
    const found = (await this.versions(place)).find(({ version }) => version === earlier);
    return found ? this.add(place, found.words, earlier, basedOn, actorId) : null;
  }

  /** Confirms the words that are in force. @throws EditedMeanwhile when they are not those that were read */
  async review({ kind, language }: TemplatePlace, wordsHash: string, actorId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const states = await templateStates(manager);
      const now = states.find((one) => one.kind === kind && one.language === language);
      if (!now || hashOfWords(now.words) !== wordsHash) throw new EditedMeanwhile('other words are in force by now');
      const row = { kind, language, wordsHash, reviewedBy: actorId, reviewedAt: new Date(await productNow(manager)) };
      const added = await manager
        .createQueryBuilder()
        .insert()
        .into(MailReview)
        .values(row)
        .orIgnore()
        .returning('kind')
        .execute();
      if ((added.raw as unknown[]).length)
        await onRecord(manager, 'mail_words_reviewed', actorId, { kind, language, version: now.version });
    });
  }

  private add(
    { kind, language }: TemplatePlace,
    words: MailWords | null,
    restores: number | null,
    basedOn: number,
    actorId: string,
  ): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 48))', [
        `mail template ${kind}/${language}`,
      ]);
      const last = await manager.findOne(MailTemplateVersion, {
        where: { kind, language },
        order: { version: 'DESC' },
      });
      if ((last?.version ?? 0) !== basedOn) throw new EditedMeanwhile('somebody has saved another version meanwhile');
      const version = basedOn + 1;
      await manager.insert(MailTemplateVersion, {
        ...{ kind, language, version, restores, editedBy: actorId },
        ...(words ?? { subject: null, lines: null, link: null }),
        editedAt: new Date(await productNow(manager)),
      });
      await onRecord(manager, 'mail_template_saved', actorId, {
        kind,
        language,
        version,
        ...(restores !== null && { restores }),
      });
      return version;
    });
  }
}

const onRecord = (manager: EntityManager, action: string, actorId: string, body: Record<string, unknown>) =>
  recordAdminEvent(manager, { actorId, action, subjectKind: 'mail_template', subjectId: null, body });

/** The words that a version stands for. */
export const wordsOf = ({ kind, language }: TemplatePlace, { words }: Pick<TemplateVersion, 'words'>): MailWords =>
  words ?? programWords(kind, language);
