import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MailParameters } from '#libs/contracts/mail.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import type { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';

/** What the page of a link says: no content of the case. */
export interface Asked {
  reference: string;
  /** ISO 8601; null while its clock rests. */
  dueAt: string | null;
  language: string;
  timezone: string;
  /** False once the account is disabled. */
  active: boolean;
}

/** Reads what somebody is asked by the link in a mail. Nothing of it is a look at the case. */
@Injectable()
export class AnswerBoard {
  constructor(private readonly dataSource: DataSource) {}

  async asked({ mailId, personId, caseId, organisationId, purpose }: AnswerToken): Promise<Asked> {
    const { manager } = this.dataSource;
    const [mail, person, clock] = await Promise.all([
      manager.findOneByOrFail(Mail, { id: mailId }),
      manager.findOneByOrFail(Person, { id: personId }),
      manager.findOne(CaseClock, {
        where:
          purpose === 'answer'
            ? { caseId, name: 'responder_answer', subject: organisationId }
            : { caseId, name: 'responder_update', subject: '' },
        order: { cycle: 'DESC' },
      }),
    ]);
    const { reference } = mail.parameters as MailParameters;
    const { language, timezone, active } = person;
    return { reference, dueAt: clock?.dueAt?.toISOString() ?? null, language, timezone, active };
  }
}
