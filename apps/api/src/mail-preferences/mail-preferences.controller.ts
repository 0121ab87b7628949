import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { READER_RHYTHMS } from '#libs/domain/mail/mail-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MailPreferences, WEEK } from '#libs/people/mail-preferences.js';
import type { MailPreferencesView } from '#libs/people/mail-preferences.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, instant, list, oneOf, orNull, shape, text, whole } from '../openapi/schema.js';
import { administering } from '../people/people-problems.js';
import { MailPreferencesDto } from './mail-preferences.dto.js';

const RHYTHM = oneOf(READER_RHYTHMS);
const DAYS = list(oneOf(WEEK));
const VIEW = shape<MailPreferencesView>({
  rhythm: orNull(RHYTHM),
  days: orNull(DAYS),
  from: orNull(text),
  until: orNull(text),
  timezone: text,
  usual: shape<MailPreferencesView['usual']>({ rhythm: RHYTHM, days: DAYS, from: text, until: text }),
  nextDigestAt: { ...orNull(instant), description: 'Null where nothing is gathered' },
  nextMailAt: { ...instant, description: 'When a mail that is owed now and is not urgent would go' },
  waiting: shape<MailPreferencesView['waiting']>({ single: whole, digest: whole }),
});

/** How the caller wants their mail. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/v1/account/mail')
export class MailPreferencesController {
  constructor(private readonly preferences: MailPreferences) {}

  @Get()
  @ApiOperation({ operationId: 'getMailPreferences', summary: 'When and how often the caller is written to' })
  @Answers(200, 'What they have chosen, what is usual, and what follows', VIEW)
  view(@CurrentPerson() { person }: SignedIn) {
    return this.preferences.view(person.id);
  }

  @Put()
  @ApiOperation({
    operationId: 'setMailPreferences',
    summary: 'Choose when and how often to be written to; what waits goes by it at once',
  })
  @Answers(200, 'What is chosen now, what is usual, and what follows', VIEW)
  async set(@Body() choices: MailPreferencesDto, @CurrentPerson() { person }: SignedIn) {
    await administering(async () => this.preferences.set(person.id, { ...choices }));
    return this.preferences.view(person.id);
  }
}
