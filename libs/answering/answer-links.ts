import { IsNull, LessThan } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import type { MailParameters } from '#libs/contracts/mail.js';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import type { AnswerPurpose } from '#libs/database/entities/answer-token.entity.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { isStillAsked } from '#libs/domain/case/asked.js';
import { hashOf, newToken } from '#libs/identity/tokens.js';
import { newCheckedCode } from '#libs/secrets/codes.js';
import { keyedHash } from '#libs/secrets/secret-box.js';

export const CODE_SIGNS = 8;
/** After what is asked was due: the last reminder comes a week later, and leaves two to answer it. */
const DAYS_AFTER_DUE = 21;
/** So long the page of a link that is over says so; afterwards nobody knows it any more. */
const DAYS_KNOWN = 90;

/** What a mail offers its recipient to answer with. */
export interface AnswerLink {
  path: string;
  code: string;
}

export const codeHashOf = (secretsKey: string, handleHash: string, code: string): string =>
  keyedHash(secretsKey, `answer/${handleHash}`, code);

/** What can be answered by the link in this mail; null where it asks for nothing that a click could say. */
export function purposeOf({
  kind,
  party,
  parameters,
}: Pick<Mail, 'kind' | 'party' | 'parameters'>): AnswerPurpose | null {
  if (party !== 'responder') return null;
  const { clock } = parameters as MailParameters;
  if (clock?.name === 'responder_update') return ASKING.includes(kind) ? 'progress' : null;
  if (clock && clock.name !== 'responder_answer') return null;
  return ASKING.includes(kind) ? 'answer' : null;
}

const ASKING = ['invitation', 'question_answered', 'passed_on', 'reminder', 'warning'];

/**
 * Makes the link and the code of a mail, in the place of those that an earlier sending of it had. Null for a mail that
 * asks for no answer, or whose reason has ended meanwhile.
 */
export async function makeAnswerLink(
  manager: EntityManager,
  mail: Mail,
  secretsKey: string,
): Promise<AnswerLink | null> {
  const { id: mailId, caseId, personId, organisationId } = mail;
  const purpose = purposeOf(mail);
  if (!purpose || !caseId || !personId || !organisationId) return null;
  const row = await manager.findOneBy(AssistanceCase, { id: caseId });
  if (!row || !isStillAsked(row.state, { personId, organisationId, purpose })) return null;
  const now = await productNow(manager);
  const [handle, code] = [newToken(), newCheckedCode(CODE_SIGNS)];
  const handleHash = hashOf(handle);
  const dueAt = (mail.parameters as MailParameters).dueAt;
  const expiresAt = new Date(Math.max(now, dueAt ? Date.parse(dueAt) : now) + DAYS_AFTER_DUE * DAY_MS);
  await manager.transaction(async (inner) => {
    await inner.update(AnswerToken, { mailId, revokedAt: IsNull() }, { revokedAt: new Date(now) });
    await inner.delete(AnswerToken, { expiresAt: LessThan(new Date(now - DAYS_KNOWN * DAY_MS)) });
    await inner.insert(AnswerToken, {
      handleHash,
      mailId,
      caseId,
      personId,
      organisationId,
      purpose,
      codeHash: codeHashOf(secretsKey, handleHash, code),
      madeAt: new Date(now),
      expiresAt,
    });
  });
  return { path: `/answer/${handle}`, code };
}
