import { Controller, Get, Param, Query, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import { EVERY_KIND, hashOfWords, programWords } from '#libs/mail/words.js';
import { TemplateDesk } from '#libs/mail-templates/template-desk.js';
import { TEMPLATE_STATUSES } from '#libs/mail-templates/template-status.js';
import type { TemplateState, TemplateStatus } from '#libs/mail-templates/template-status.js';
import { Needs } from '../identity/needs.decorator.js';
import { languageName, placeIn, Previews, sendHtml } from './previews.js';
import { STATUS_WORDS } from './template-words.js';

/** Every kind of mail in every language: how far its words have been looked at, and how they read. */
@ApiExcludeController()
@Needs('edit-mail-templates')
@Controller('mail-templates')
export class MailTemplatesPages {
  constructor(
    private readonly desk: TemplateDesk,
    private readonly previews: Previews,
  ) {}

  @Get()
  async list(@Query() asked: Record<string, unknown>, @Res() response: Response) {
    const status = TEMPLATE_STATUSES.find((one) => one === asked['status']) ?? null;
    const language = INTERFACE_LANGUAGES.find(({ code }) => code === asked['language'])?.code ?? null;
    const all = await this.desk.states();
    const isAsked = (state: TemplateState) =>
      (!status || state.status === status) && (!language || state.language === language);
    const rows = EVERY_KIND.map((kind) => ({
      kind,
      title: programWords(kind, response.locals['lang'] as string).subject,
      cells: all.filter((state) => state.kind === kind && isAsked(state)).map(cellOf),
    }));
    response.render('mail-templates/views/list.njk', {
      title: 'Words of mails',
      dense: true,
      rows: rows.filter(({ cells }) => cells.length),
      shown: { status, language },
      statuses: STATUS_WORDS,
      languageNames: INTERFACE_LANGUAGES,
      counts: countsOf(all),
    });
  }

  @Get(':kind')
  @Render('mail-templates/views/kind.njk')
  async kind(@Param('kind') given: string) {
    const { kind } = placeIn(given, 'en');
    const [states, data] = await Promise.all([this.desk.states(), this.previews.data({ kind })]);
    const mails = states
      .filter((state) => state.kind === kind)
      .map((state) => ({ ...cellOf(state), mail: this.previews.of(state, state.words, data) }));
    return { title: 'Words of mails', kind, mails, real: data.real };
  }

  @Get(':kind/:language/html')
  async html(@Param('kind') kind: string, @Param('language') language: string, @Res() response: Response) {
    const place = placeIn(kind, language);
    const [{ words }, data] = await Promise.all([this.desk.state(place), this.previews.data(place)]);
    sendHtml(response, this.previews.of(place, words, data));
  }
}

const cellOf = (state: TemplateState) => ({
  ...state,
  ...languageName(state.language),
  hash: hashOfWords(state.words),
  statusWords: STATUS_WORDS[state.status],
});

const countsOf = (all: readonly TemplateState[]): Record<TemplateStatus, number> =>
  Object.fromEntries(
    TEMPLATE_STATUSES.map((status) => [status, all.filter((state) => state.status === status).length]),
  ) as Record<TemplateStatus, number>;
