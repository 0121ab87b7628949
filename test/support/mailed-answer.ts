import { Config } from '#libs/config/config.js';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { MailComposer } from '#libs/mail/composer.js';
import type { TestSystem } from './system.js';

export interface MailedAnswer {
  subject: string;
  text: string;
  /** Where its link leads on this site. */
  path: string;
  /** Null where none stands in it. */
  code: string | null;
}

/** The last mail of a kind on a case to one of the people of the demonstration, as its reader finds it. */
export async function mailedAnswer(
  { dataSource: { manager } }: TestSystem,
  reference: string,
  who: string,
  kind = 'invitation',
): Promise<MailedAnswer> {
  const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference });
  const [mail] = await manager.find(Mail, {
    where: { caseId, kind, recipient: `${who}@demo.action48.test` },
    order: { id: 'DESC' },
    take: 1,
  });
  if (!mail) throw new Error(`no ${kind} was written to ${who}`);
  const { subject, text } = await new MailComposer(manager, new Config()).compose(mail);
  return read(subject ?? '', text as string);
}

export function read(subject: string, text: string): MailedAnswer {
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
  return {
    subject,
    text,
    path: new URL(link).pathname,
    code: /(?<!-)\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text.replace(link, ''))?.[0] ?? null,
  };
}

/** The links of a case, newest first. */
export const answerTokens = async ({ dataSource: { manager } }: TestSystem, reference: string) => {
  const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference });
  return manager.find(AnswerToken, { where: { caseId }, order: { madeAt: 'DESC' } });
};
