import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { MAIL_WEEKDAYS } from '#libs/domain/mail/validate-mail-policy.js';
import { weekdayName } from '#libs/i18n/dates.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { MailRulesVersion } from '#libs/mail-rules/mail-rule-versions.js';
import { speechOf } from '../calendars/calendar-models.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { versionOf } from '../policies/version-number.js';
import { MailRulesDesk } from './mail-rules-desk.js';
import { ruleDifferences, ruleRows } from './mail-rules-sentences.js';
import { quietYear } from './quiet-year.js';

/** The rules that mails go by, in sentences and as a year; and their versions. */
@ApiExcludeController()
@Needs('read-rules')
@Controller('mail-rules')
export class MailRulesPages {
  constructor(private readonly desk: MailRulesDesk) {}

  @Get()
  async rules(@Query() query: Record<string, string>, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const speech = speechOf(response);
    const [versions, now] = await Promise.all([this.desk.versions(), this.desk.now()]);
    const [newest] = versions as [MailRulesVersion, ...MailRulesVersion[]];
    response.render('mail-rules/views/rules.njk', {
      ...{ title: 'Rules of mail', dense: true, version: newest, rows: ruleRows(newest.policy, speech) },
      ...yearModel(newest.policy, query['year'], now, speech.lang),
      versions: versions.map((one, index) => {
        const before = versions[index + 1];
        return { ...one, changes: before ? ruleDifferences(before.policy, one.policy, speech) : null };
      }),
      published: versionOf(query['published'] ?? '') === newest.version ? newest.version : null,
      moved: versionOf(query['moved'] ?? ''),
      mayPublish: can(me.actor, 'publish-rules'),
    });
  }

  @Get('versions/:version')
  async version(@Param('version') number: string, @Query() query: Record<string, string>, @Res() response: Response) {
    const { version, before } = found(await this.desk.version(versionOf(number)), 'page');
    const speech = speechOf(response);
    response.render('mail-rules/views/version.njk', {
      ...{ title: 'Version of the rules of mail', dense: true, version, before },
      rows: ruleRows(version.policy, speech),
      changes: before ? ruleDifferences(before.policy, version.policy, speech) : [],
      ...yearModel(version.policy, query['year'], await this.desk.now(), speech.lang),
    });
  }
}

/** The year that is asked for, among this one and the next two. */
function yearModel(policy: MailPolicy, asked: string | undefined, now: number, lang: string) {
  const thisYear = new Date(now).getUTCFullYear();
  const years = [thisYear, thisYear + 1, thisYear + 2];
  const year = years.find((one) => String(one) === asked) ?? thisYear;
  return {
    ...{ year, years, months: quietYear(policy, year, lang) },
    weekdays: MAIL_WEEKDAYS.map((_day, index) => ({
      narrow: weekdayName(index, lang, 'narrow'),
      long: weekdayName(index, lang),
    })),
  };
}
