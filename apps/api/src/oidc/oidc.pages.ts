import { Controller, Get, Logger, NotFoundException, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { Identities } from '#libs/identity/identities.js';
import { Sessions } from '#libs/identity/sessions.js';
import { SignInAttempts } from '#libs/identity/sign-in-attempts.js';
import { cookieOptions, readCookie } from '../identity/cookies.js';
import { browserLabel } from '../identity/browser-label.js';
import { ownPath } from '../identity/own-path.js';
import { Public } from '../identity/public.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { welcome } from '../identity/welcome.js';
import { IdentityProvider } from './identity-provider.js';
import { REFUSALS } from './refusals.js';

const COOKIE = 'action48_provider';
const MINUTES = 10;

/** Signing in at the identity provider of staff. */
@ApiExcludeController()
@Public()
@Controller('sign-in/provider')
export class OidcPages {
  private readonly logger = new Logger('oidc');

  constructor(
    private readonly provider: IdentityProvider,
    private readonly identities: Identities,
    private readonly attempts: SignInAttempts,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  /**
   * A link, not a form: a form of ours may not lead to another site. Another site cannot lead here past our own page, or
   * it could have whoever is signed in at the provider signed in here without their knowing.
   */
  @Get()
  async leave(@Query('next') next: unknown, @Req() request: OurRequest, @Res() response: Response) {
    this.mustBeSet();
    if (['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site'])))
      return response.redirect(303, `/sign-in?next=${encodeURIComponent(ownPath(next))}`);
    try {
      const { address, checks } = await this.provider.begin();
      const secret = await this.attempts.begin('provider', { ...checks, next: ownPath(next) }, MINUTES);
      return response.cookie(COOKIE, secret, this.cookie()).redirect(303, address);
    } catch (error) {
      return this.refuse(response, 'away', error);
    }
  }

  @Get('return')
  async arrive(@Req() request: OurRequest, @Res() response: Response) {
    this.mustBeSet();
    const attempt = await this.attempts.take('provider', readCookie(request, COOKIE));
    response.clearCookie(COOKIE, this.cookie());
    if (!attempt) return this.refuse(response, 'unfinished', 'no attempt of this browser');
    const { next, ...checks } = attempt;
    let claims;
    try {
      claims = await this.provider.end(new URL(request.originalUrl, this.config.publicUrl).search, checks);
    } catch (error) {
      return this.refuse(response, 'unfinished', error);
    }
    const person = await this.identities.personOf(claims);
    if (!person) return this.refuse(response, 'unknown', 'nobody here goes with it');
    const browser = browserLabel(request.headers['user-agent']);
    return welcome(response, this.config, await this.sessions.begin(person, { method: 'oidc', browser }), next);
  }

  private mustBeSet(): void {
    if (!this.provider.isSet) throw new NotFoundException();
  }

  private refuse(response: Response, kind: keyof typeof REFUSALS, why: unknown) {
    this.logger.warn(`refused, ${kind}: ${reasonOf(why)}`);
    const { status, ...words } = REFUSALS[kind];
    return response.status(status).render('ways-in/views/refused.njk', { ...words, provider: this.provider.name });
  }

  private cookie() {
    return { ...cookieOptions(this.config.publicUrl), path: '/sign-in/provider', maxAge: MINUTES * 60_000 };
  }
}

/** Names of errors only: what the provider wrote may hold somebody's address or a code. */
function reasonOf(why: unknown): string {
  if (!(why instanceof Error)) return String(why);
  const { name, code, error } = why as Error & { code?: unknown; error?: unknown };
  return [name, code, error].filter((part) => typeof part === 'string').join(' ');
}
