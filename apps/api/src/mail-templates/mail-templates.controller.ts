import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { MailWords } from '#libs/mail/words.js';
import type { MailText } from '#libs/mail/layout.js';
import { TemplateDesk } from '#libs/mail-templates/template-desk.js';
import type { TemplateVersion } from '#libs/mail-templates/template-desk.js';
import { TEMPLATE_STATUSES } from '#libs/mail-templates/template-status.js';
import type { TemplateState } from '#libs/mail-templates/template-status.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, instant, list, oneOf, orNull, pageOf, shape, text, truth, whole } from '../openapi/schema.js';
import { placeIn, Previews } from './previews.js';

const WORDS = shape<MailWords>({ subject: text, lines: list(text), link: text });
const STATE = shape<TemplateState>({
  kind: text,
  language: text,
  version: orNull(whole),
  status: oneOf(TEMPLATE_STATUSES),
  reviewedBy: orNull(text),
  reviewedAt: orNull(instant),
  words: WORDS,
});
const VERSION = shape<TemplateVersion>({
  version: whole,
  words: orNull(WORDS),
  restores: orNull(whole),
  editedBy: orNull(text),
  editedAt: instant,
});
const PREVIEW = shape<MailText & { real: boolean }>({ subject: text, text, html: text, real: truth });

/** The words of mails for programs: which are in force, who has confirmed them, how they read. */
@ApiTags('mail')
@ApiBearerAuth()
@Needs('edit-mail-templates')
@Controller('api/v1/mail-templates')
export class MailTemplatesController {
  constructor(
    private readonly desk: TemplateDesk,
    private readonly previews: Previews,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listMailTemplates', summary: 'The words of every kind of mail in every language' })
  @Answers(200, 'Every kind and language', pageOf(STATE))
  async list() {
    return { items: await this.desk.states(), next: null };
  }

  @Get(':kind/:language')
  @ApiOperation({ operationId: 'getMailTemplate', summary: 'The words of one kind of mail in one language' })
  @Answers(200, 'The words in force', STATE)
  async one(@Param('kind') kind: string, @Param('language') language: string): Promise<TemplateState> {
    return this.desk.state(placeIn(kind, language));
  }

  @Get(':kind/:language/versions')
  @ApiOperation({ operationId: 'listMailTemplateVersions', summary: 'Edited versions, newest first' })
  @Answers(200, 'Every version', pageOf(VERSION))
  async versions(@Param('kind') kind: string, @Param('language') language: string) {
    return { items: await this.desk.versions(placeIn(kind, language)), next: null };
  }

  @Get(':kind/:language/preview')
  @ApiOperation({
    operationId: 'previewMailTemplate',
    summary: 'A mail with these words: with the reference and dates of the newest one where there is one (`real`)',
  })
  @Answers(200, 'Subject, plain text and HTML', PREVIEW)
  async preview(@Param('kind') kind: string, @Param('language') language: string) {
    const place = placeIn(kind, language);
    const [{ words }, data] = await Promise.all([this.desk.state(place), this.previews.data(place)]);
    return { ...this.previews.of(place, words, data), real: data.real };
  }
}
