import type { EntityManager } from 'typeorm';
import type { AccountMailKind, MailKind } from '#libs/contracts/mail.js';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import { editedWords, placeOf } from '#libs/mail/templates.js';
import { EVERY_KIND, hashOfWords, programWords } from '#libs/mail/words.js';
import type { MailWords } from '#libs/mail/words.js';

/** machine: as the program comes, read by nobody · source: its English · edited: by somebody, not confirmed · reviewed. */
export const TEMPLATE_STATUSES = ['machine', 'source', 'edited', 'reviewed'] as const;
export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number];

/** The words of one kind in one language that mails are written with now, and whether a person has confirmed them. */
export interface TemplateState {
  kind: MailKind | AccountMailKind;
  language: string;
  /** Of the edited words; null: those that the program comes with. */
  version: number | null;
  status: TemplateStatus;
  reviewedBy: string | null;
  reviewedAt: string | null;
  words: MailWords;
}

interface Review {
  kind: string;
  language: string;
  words_hash: string;
  name: string | null;
  reviewed_at: Date;
}

/** Every kind × language. A review is of words: it falls when they change, by an edit or with a new release. */
export async function templateStates(manager: EntityManager): Promise<TemplateState[]> {
  const [edited, reviews] = await Promise.all([
    editedWords(manager),
    manager.query<Review[]>(
      `SELECT r.kind, r.language, r.words_hash, p.name, r.reviewed_at
       FROM mail_review r LEFT JOIN person p ON p.id = r.reviewed_by`,
    ),
  ]);
  const reviewed = new Map(reviews.map((one) => [`${placeOf(one.kind, one.language)}/${one.words_hash}`, one]));
  return EVERY_KIND.flatMap((kind) =>
    INTERFACE_LANGUAGES.map(({ code: language }) => {
      const own = edited.get(placeOf(kind, language));
      const { subject, lines, link } = own ?? programWords(kind, language);
      const [version, words] = [own?.version ?? null, { subject, lines, link }];
      const review = reviewed.get(`${placeOf(kind, language)}/${hashOfWords(words)}`);
      return {
        ...{ kind, language, version, words },
        status: statusOf(language, version, review),
        reviewedBy: review?.name ?? null,
        reviewedAt: review?.reviewed_at.toISOString() ?? null,
      };
    }),
  );
}

function statusOf(language: string, version: number | null, review: Review | undefined): TemplateStatus {
  if (review) return 'reviewed';
  if (version !== null) return 'edited';
  return language === 'en' ? 'source' : 'machine';
}
