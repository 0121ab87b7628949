import { Body, Controller, Get, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { MailWords } from '#libs/mail/words.js';
import { hashOfWords } from '#libs/mail/words.js';
import { BadWords, EditedMeanwhile, TemplateDesk } from '#libs/mail-templates/template-desk.js';
import type { TemplatePlace } from '#libs/mail-templates/template-desk.js';
import { problemsOf, tidied } from '#libs/mail-templates/validate.js';
import type { TemplateProblem } from '#libs/mail-templates/validate.js';
import { valuesOf } from '#libs/mail-templates/values.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { textOf } from '../identity/form-field.js';
import type { Given } from '../identity/form-field.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { languageName, placeIn, Previews, sendHtml } from './previews.js';
import { differencesOf, historyOf } from './template-history.js';
import { EDITED_MEANWHILE, STATUS_WORDS, TEMPLATE_DONE } from './template-words.js';

type WordsForm = Given<'subject' | 'lines' | 'link' | 'basedOn'>;

/** What a form shows again: what was typed, and what is wrong with it. */
interface Typed {
  words?: MailWords;
  preview?: boolean;
  errors?: { field: string; text: string }[];
}

/** The words of one kind of mail in one language: looked at before they are saved, saved as a version, confirmed. */
@ApiExcludeController()
@Needs('edit-mail-templates')
@Controller('mail-templates/:kind/:language')
export class MailWordsPages {
  constructor(
    private readonly desk: TemplateDesk,
    private readonly previews: Previews,
  ) {}

  @Get()
  async page(
    @Param('kind') kind: string,
    @Param('language') language: string,
    @Query('done') done: unknown,
    @Res() response: Response,
  ) {
    const told = typeof done === 'string' && Object.hasOwn(TEMPLATE_DONE, done) ? TEMPLATE_DONE[done] : null;
    await this.show(response, placeIn(kind, language), {}, told);
  }

  @Post('preview')
  async preview(
    @Param('kind') kind: string,
    @Param('language') language: string,
    @Body() form: WordsForm & Given<'as'>,
    @Res() response: Response,
  ) {
    const place = placeIn(kind, language);
    const words = wordsIn(form);
    const problems = problemsOf(place.kind, place.language, words);
    if (problems.length) return this.refuse(response, place, words, problems);
    if (form.as === 'html') return sendHtml(response, this.previews.of(place, words, await this.previews.data(place)));
    return this.show(response, place, { words, preview: true });
  }

  @Post()
  async save(
    @Param('kind') kind: string,
    @Param('language') language: string,
    @Body() form: WordsForm,
    @CurrentPerson() { person }: SignedIn,
    @Res() response: Response,
  ) {
    const place = placeIn(kind, language);
    const words = wordsIn(form);
    try {
      await this.desk.save(place, words, Number(textOf(form.basedOn)), person.id);
      response.redirect(HttpStatus.SEE_OTHER, `${addressOf(place)}?done=saved`);
    } catch (error) {
      if (error instanceof BadWords) return this.refuse(response, place, words, error.problems);
      if (!(error instanceof EditedMeanwhile)) throw error;
      const errors = [{ field: 'subject', text: EDITED_MEANWHILE }];
      return this.show(response.status(HttpStatus.CONFLICT), place, { words, errors });
    }
  }

  @Post('restore')
  async restore(
    @Param('kind') kind: string,
    @Param('language') language: string,
    @Body() { version, basedOn }: Given<'version' | 'basedOn'>,
    @CurrentPerson() { person }: SignedIn,
    @Res() response: Response,
  ) {
    const place = placeIn(kind, language);
    const numbers = [textOf(version) || '-1', textOf(basedOn)].map(Number) as [number, number];
    await this.unlessEdited(response, place, 'restored', async () =>
      found(await this.desk.restore(place, ...numbers, person.id), 'version'),
    );
  }

  @Post('review')
  async review(
    @Param('kind') kind: string,
    @Param('language') language: string,
    @Body() { hash }: Given<'hash'>,
    @CurrentPerson() { person }: SignedIn,
    @Res() response: Response,
  ) {
    const place = placeIn(kind, language);
    await this.unlessEdited(response, place, 'reviewed', () => this.desk.review(place, textOf(hash), person.id));
  }

  private async unlessEdited(response: Response, place: TemplatePlace, done: string, work: () => Promise<unknown>) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof EditedMeanwhile)) throw error;
      const errors = [{ field: 'subject', text: EDITED_MEANWHILE }];
      return this.show(response.status(HttpStatus.CONFLICT), place, { errors });
    }
    response.redirect(HttpStatus.SEE_OTHER, `${addressOf(place)}?done=${done}`);
  }

  private refuse(response: Response, place: TemplatePlace, words: MailWords, problems: readonly TemplateProblem[]) {
    const _ = wordsOf(response);
    // One sentence a field: several lines may be wrong in the same way.
    const said = new Map(problems.map(({ field, text, values }) => [field, _(text, values)]));
    const errors = [...said].map(([field, text]) => ({ field, text }));
    return this.show(response.status(HttpStatus.UNPROCESSABLE_ENTITY), place, { words, errors });
  }

  private async show(response: Response, place: TemplatePlace, typed: Typed, done: string | null = null) {
    const [state, versions, data] = await Promise.all([
      this.desk.state(place),
      this.desk.versions(place),
      this.previews.data(place),
    ]);
    const words = typed.words ?? state.words;
    response.render('mail-templates/views/words.njk', {
      title: 'Words of a mail',
      ...{ place, state, words, done },
      errors: typed.errors,
      language: languageName(place.language),
      statusWords: STATUS_WORDS[state.status],
      hash: hashOfWords(state.words),
      values: [...valuesOf(place.kind).keys()].map((name) => `{${name}}`).join(', '),
      basedOn: versions[0]?.version ?? 0,
      history: historyOf(place, versions),
      mail: this.previews.of(place, typed.preview ? words : state.words, data),
      real: data.real,
      preview: typed.preview ?? false,
      changes: typed.preview ? differencesOf(state.words, words) : [],
    });
  }
}

const addressOf = ({ kind, language }: TemplatePlace): string => `/mail-templates/${kind}/${language}`;

const wordsIn = ({ subject, lines, link }: WordsForm): MailWords =>
  tidied({ subject: textOf(subject), lines: textOf(lines).split(/\r\n|\r|\n/), link: textOf(link) });
