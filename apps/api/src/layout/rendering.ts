import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Response } from 'express';
import nunjucks from 'nunjucks';
import { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { openDurationMs } from '#libs/domain/clock/target.js';
import type { Target } from '#libs/domain/clock/target.js';
import type { Config } from '#libs/config/config.js';
import { cityOf, formatDay, formatInstant, formatShort, formatThere, GENEVA_ZONE } from '#libs/i18n/dates.js';
import { lagText } from '#libs/i18n/lag.js';
import { formatCount } from '#libs/i18n/numbers.js';
import { badgeState, hoursText, remainingText } from '#libs/i18n/remaining.js';
import type { ReadableClock } from '#libs/i18n/remaining.js';
import { shownAddress } from '#libs/text/address.js';
import { direction, INTERFACE_LANGUAGES, interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { cookieOptions, LANGUAGE_COOKIE, readCookie } from '../identity/cookies.js';
import { isForPrograms } from '../identity/request.js';
import type { OurRequest } from '../identity/request.js';
import { navigationOf } from './navigation.js';
import { withUnseenShown } from './unseen.js';

const VIEWS = resolve(import.meta.dirname, '..');
const GOVUK = dirname(dirname(createRequire(import.meta.url).resolve('govuk-frontend')));
const YEAR_MS = 365 * 24 * 3_600_000;

/** Where the compiled style sheets lie: beside the build, or in it when run from source. */
const PUBLIC = [resolve(VIEWS, '../../../public'), resolve(VIEWS, '../../../dist/public')].find(existsSync) ?? VIEWS;

/** Pages: nunjucks with escaping on, style sheets by content hash, and what every page knows (language, person, helpers). */
export function setUpRendering(app: NestExpressApplication, config: Config): void {
  const express = app.getHttpAdapter().getInstance();
  nunjucks.configure([VIEWS, GOVUK], {
    autoescape: true,
    express,
    trimBlocks: true,
    lstripBlocks: true,
    noCache: false,
  });
  app.setBaseViewsDir(VIEWS);
  app.setViewEngine('njk');
  app.useStaticAssets(PUBLIC, {
    prefix: '/assets/',
    // Their address changes with their content; everything else of ours is `no-store`, which would stay otherwise.
    setHeaders: (response: Response) =>
      void response.setHeader('Cache-Control', `public, max-age=${YEAR_MS / 1000}, immutable`),
  });
  const styles = { ltr: styleOf('app.css'), rtl: styleOf('app.rtl.css') };
  const { manager } = app.get(DataSource);
  // The bar of the demonstration shows its clock; while the database is away, real time.
  const demoNow = () =>
    config.deployment === 'trial' ? productNow(manager).catch(() => Date.now()) : Promise.resolve(0);
  app.use(async (request: OurRequest, response: Response, next: NextFunction) => {
    if (isForPrograms(request)) return next();
    const chosen = chosenLanguage(request);
    if (chosen) return rememberLanguage(chosen, request, response, config);
    const kept = readCookie(request, LANGUAGE_COOKIE);
    const speak = speaker(response, styles);
    speak(interfaceLanguage(kept ?? request.acceptsLanguages()[0]));
    Object.assign(response.locals, {
      trial: config.deployment === 'trial',
      demoNow: await demoNow(),
      speakUnlessChosen: (lang: string) => kept ?? speak(interfaceLanguage(lang)),
    });
    // What depends on the session is known only after the guard has run, so it is added when the page is rendered.
    const render = response.render.bind(response);
    response.render = (view: string, model?: object, done?: (error: Error, html: string) => void) => {
      const me = request.signedIn;
      render(
        view,
        {
          me,
          csrf: me?.csrfToken,
          path: request.path,
          languages: languageBar(request, String(response.locals['lang'])),
          navigation: navigationOf(me, request.path, config),
          ...model,
        },
        (error: Error | null, html: string) => {
          if (done) return done(error as Error, error ? html : withUnseenShown(html));
          if (error) return next(error);
          response.send(withUnseenShown(html));
        },
      );
    };
    next();
  });
}

/** Gives a page what it says things with, in a language. */
const speaker = (response: Response, styles: Record<'ltr' | 'rtl', string>) => (lang: string) => {
  const dir = direction(lang);
  Object.assign(response.locals, { lang, dir, stylesheet: styles[dir], ...helpers(lang) });
};

const styleOf = (file: string): string => {
  const path = resolve(PUBLIC, file);
  const version = existsSync(path)
    ? createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)
    : 'none';
  return `/assets/${file}?v=${version}`;
};

/** The language that a link of the language bar asks for. */
const chosenLanguage = ({ method, query }: OurRequest): string | undefined =>
  method === 'GET' && typeof query['lang'] === 'string' ? interfaceLanguage(query['lang']) : undefined;

/** The choice is kept in a cookie and leaves the address, so that pages need not know of it. */
function rememberLanguage(lang: string, request: OurRequest, response: Response, { publicUrl }: Config): void {
  response.cookie(LANGUAGE_COOKIE, lang, { ...cookieOptions(publicUrl), maxAge: YEAR_MS });
  response.redirect(303, ownAddress(request));
}

/** The page's own address, in another language or without any. Never another site's, as `//host` or `/.//host` would be. */
export function ownAddress({ originalUrl }: Pick<OurRequest, 'originalUrl'>, lang?: string): string {
  const [path = '', query] = originalUrl.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  if (lang) parameters.set('lang', lang);
  else parameters.delete('lang');
  const search = parameters.size ? `?${parameters.toString()}` : '';
  return path.replace(/^[/\\]*/, '/') + search;
}

function languageBar(request: OurRequest, current: string) {
  return INTERFACE_LANGUAGES.map(({ code, name }) => ({
    text: name,
    lang: code,
    dir: direction(code),
    current: code === current,
    href: ownAddress(request, code),
  }));
}

export const PAUSES: Record<string, string> = {
  suspended: 'the case is suspended.',
  dormant: 'the case is dormant.',
  awaiting_state: 'questions are with the State.',
};

/** Whom a paused clock waits for. */
export const WAITS: Record<string, string> = {
  suspended: 'It waits for the coordinators to resume the case.',
  dormant: 'It waits for the State.',
  awaiting_state: 'It waits for the State.',
};

/** What comes at the end of a clock that nobody can be late by. */
export const WHEN_DUE_WORDS: Record<string, string> = {
  heartbeat_missed: 'A national process is sovereign: it is asked after, and never late.',
  became_dormant: 'When the time is over, the case rests; nobody is late.',
  became_unmatched: 'When the time is over, the case counts as unmatched; nobody is late.',
};

/** Subjects of clocks that are our words, not names. */
export const SUBJECTS = ['requester', 'responder', '6 months', '12 months'];

/** Functions that templates call. */
function helpers(lang: string) {
  const _ = translator(lang);
  const ms = (at: string | number | Date) => new Date(at).getTime();
  return {
    _,
    iso: (at: string | number) => new Date(at).toISOString(),
    whenText: (at: string | number, zone?: string) => formatInstant(ms(at), lang, zone, _('Geneva')),
    pauseText: ({ pauseReasons }: { pauseReasons: string[] }) =>
      pauseReasons.map((reason) => _(PAUSES[reason] ?? reason)).join(' '),
    waitsText: ({ pauseReasons }: { pauseReasons: string[] }) =>
      [...new Set(pauseReasons.map((reason) => WAITS[reason]))].map((text) => (text ? _(text) : '')).join(' '),
    whenDueText: ({ whenDue }: { whenDue: string }) => _(WHEN_DUE_WORDS[whenDue] ?? ''),
    /** A time by the clock on the wall: seconds only below a minute, hours up to two days. */
    lagText: (seconds: number) => lagText(seconds, _),
    /** An instant on the clock of a zone alone: `Tue 29 Dec 2026, 19:00 (UTC+7)`. */
    thereText: (at: string | number, zone: string) => formatThere(ms(at), lang, zone),
    cityOf: (zone: string) => (zone === GENEVA_ZONE ? _('Geneva') : cityOf(zone)),
    errorList: (errors: { field: string; text: string; href?: string }[]) =>
      errors.map(({ field, text, href = `#${field}` }) => ({ href, text: _(text) })),
    /** What is wrong with a field, as its component takes it. */
    errorOf: (errors: { field: string; text: string }[] | undefined, name: string) => {
      const error = errors?.find(({ field }) => field === name);
      return error && { text: _(error.text), visuallyHiddenText: _('Error') };
    },
    shortWhen: (at: string | number) => formatShort(ms(at), lang),
    day: (at: string | number) => formatDay(ms(at), lang),
    badgeState: (clock: ReadableClock) => badgeState(clock),
    /** A clock's subject: names stay as they are, our own words are translated. */
    named: (subject: string) => (SUBJECTS.includes(subject) ? _(subject) : subject),
    /** How much time was promised. A civil date says nothing that the deadline does not say. */
    targetText: (target: Target) =>
      'workingDays' in target
        ? _('{n} working days', { n: target.workingDays })
        : 'days' in target
          ? _('{n} days', { n: target.days })
          : 'open' in target
            ? _('{time} of open time', { time: hoursText(openDurationMs(target.open) / 1000, _) })
            : '',
    remaining: (clock: ReadableClock) => remainingText(clock, _),
    hoursText: (seconds: number) => hoursText(seconds, _),
    counted: (n: number) => formatCount(n, lang),
    addressText: shownAddress,
    /** `penal_sanctions` → "penal sanctions", in the page's language. */
    plain: (code: string | null) => (code ? _(code.replaceAll('_', ' ')) : ''),
  };
}
