import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import { sequencesOf } from '#libs/domain/mail/sequences.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { speechOf } from '../calendars/calendar-models.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { clockRows } from '../policies/clock-sentences.js';
import { PolicyShelf } from '../policies/policy-shelf.js';
import type { RowKey } from '../policies/policy-words.js';
import { MailRulesDesk } from './mail-rules-desk.js';
import { ruleRows } from './mail-rules-sentences.js';

/** What of a clock tells of its reminders. */
const TOLD: readonly RowKey[] = ['startsOn', 'subjects', 'target', 'steps', 'stopsOn', 'endsOn', 'pausedBy', 'rearms'];

/** Everything that somebody is reminded of, where each is changed, and what ends it. */
@ApiExcludeController()
@Needs('read-rules')
@Controller('sequences')
export class SequencesPages {
  constructor(
    private readonly shelf: PolicyShelf,
    private readonly desk: MailRulesDesk,
  ) {}

  @Get()
  async list(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    const speech = speechOf(response);
    const [versions, calendars, rules] = await Promise.all([
      this.shelf.versions(),
      this.shelf.calendarTitles(),
      this.desk.inForce(),
    ]);
    const policy = versions.find(({ inForce }) => inForce);
    const clocks = policy?.clocks ?? [];
    const sequences = sequencesOf(clocks, rules.policy);
    const rowsOf = (name: string) => {
      const clock = clocks.find((one) => one.name === name);
      return clock ? clockRows(clock, { _: speech._, calendars }).filter(({ key }) => TOLD.includes(key)) : [];
    };
    response.render('mail-rules/views/sequences.njk', {
      ...{
        title: 'Everything that is sent again and again',
        dense: true,
        policy: policy?.version,
        rules: rules.version,
      },
      clocks: sequences.flatMap((one) =>
        one.kind === 'clock' ? [{ name: one.name, title: one.title, rows: rowsOf(one.name) }] : [],
      ),
      lines: Object.fromEntries(ruleRows(rules.policy, speech).map(({ key, lines }) => [key, lines])),
      mayPublish: can(me.actor, 'publish-rules'),
    });
  }
}
