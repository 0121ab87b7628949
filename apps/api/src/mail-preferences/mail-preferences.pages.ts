import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { READER_RHYTHMS } from '#libs/domain/mail/mail-policy.js';
import type { ReaderRhythm } from '#libs/domain/mail/mail-policy.js';
import { weekdayName } from '#libs/i18n/dates.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MailPreferences, WEEK } from '#libs/people/mail-preferences.js';
import type { MailChoices, MailPreferencesView } from '#libs/people/mail-preferences.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { listIn, refusalOf, said, textIn } from '../people/form-refusals.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import { RHYTHM_WORDS } from './rhythm-words.js';

/** When and how often somebody is written to, to themselves. */
@ApiExcludeController()
@Controller('account/mail')
export class MailPreferencesPages {
  constructor(private readonly preferences: MailPreferences) {}

  @Get()
  page(@Query('done') done: unknown, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.show(me, response, { saved: done === 'saved' });
  }

  @Post()
  async set(@Body() submitted: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    try {
      await this.preferences.set(me.person.id, choicesOf(submitted));
    } catch (error) {
      const { status, errors } = refusalOf(error, wordsOf(response));
      return this.show(me, response.status(status), {
        values: { ...submitted, days: listIn(submitted, 'days') },
        errors,
      });
    }
    return response.redirect(303, '/account/mail?done=saved');
  }

  private async show(
    me: SignedIn,
    response: Response,
    { values, errors, saved = false }: { values?: Submitted; errors?: FormError[]; saved?: boolean },
  ) {
    const view = await this.preferences.view(me.person.id);
    const _ = wordsOf(response);
    const named = (day: Weekday) => weekdayName(WEEK.indexOf(day), String(response.locals['lang']));
    response.render('mail-preferences/views/preferences.njk', {
      ...{ title: 'When you get mail', view, saved, values: values ?? valuesOf(view), ...said(errors) },
      rhythms: [
        { value: '', text: _('As is usual here: {rhythm}', { rhythm: _(RHYTHM_WORDS[view.usual.rhythm]) }) },
        ...READER_RHYTHMS.map((value) => ({ value, text: _(RHYTHM_WORDS[value]) })),
      ],
      week: WEEK.map((value) => ({ value, text: named(value) })),
      usualDays: view.usual.days.map(named).join(`${_(',')} `),
    });
  }
}

function choicesOf(submitted: Submitted): MailChoices {
  const days = listIn(submitted, 'days');
  return {
    // Whatever is in none of the lists is refused by its field.
    rhythm: (textIn(submitted, 'rhythm') || null) as ReaderRhythm | null,
    days: days.length ? (days as Weekday[]) : null,
    from: textIn(submitted, 'from') || null,
    until: textIn(submitted, 'until') || null,
    timezone: textIn(submitted, 'timezone'),
  };
}

const valuesOf = ({ rhythm, days, from, until, timezone }: MailPreferencesView): Submitted => ({
  rhythm: rhythm ?? '',
  days: days ?? [],
  from: from ?? '',
  until: until ?? '',
  timezone,
});
