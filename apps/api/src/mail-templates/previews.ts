import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { Config } from '#libs/config/config.js';
import { direction, INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import type { MailText } from '#libs/mail/layout.js';
import { TemplateBroken } from '#libs/mail/message.js';
import { isKind, programWords } from '#libs/mail/words.js';
import type { MailWords } from '#libs/mail/words.js';
import { previewData, previewOf } from '#libs/mail-templates/preview.js';
import type { PreviewData } from '#libs/mail-templates/preview.js';
import type { TemplatePlace } from '#libs/mail-templates/template-desk.js';
import { found } from '../cases/case-problems.js';

/** Nothing of a mail may run, send or reach out; its own inline styles may. */
const MAIL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** A mail of a kind as its readers would get it. */
@Injectable()
export class Previews {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  async data({ kind }: Pick<TemplatePlace, 'kind'>): Promise<PreviewData> {
    const { manager } = this.dataSource;
    return previewData(manager, kind, await productNow(manager));
  }

  /** Where words are broken, what is sent instead: those of the program. */
  of(place: TemplatePlace, words: MailWords, data: PreviewData): MailText {
    try {
      return previewOf(place, words, data, this.config.publicUrl);
    } catch (error) {
      if (!(error instanceof TemplateBroken)) throw error;
      return previewOf(place, programWords(place.kind, place.language), data, this.config.publicUrl);
    }
  }
}

/** Sends a mail as a page of its own, which can do nothing. */
export function sendHtml(response: Response, { html }: MailText): void {
  response.setHeader('Content-Security-Policy', MAIL_CSP);
  response.type('html').send(html);
}

/** What an address names. @throws 404 */
export function placeIn(kind: string, language: string): TemplatePlace {
  const known = INTERFACE_LANGUAGES.find(({ code }) => code === language);
  return found(isKind(kind) && known ? { kind, language: known.code } : null, 'mail template');
}

/** A language as its readers call it. */
export const languageName = (language: string) => ({
  code: language,
  name: INTERFACE_LANGUAGES.find(({ code }) => code === language)?.name ?? language,
  dir: direction(language),
});
