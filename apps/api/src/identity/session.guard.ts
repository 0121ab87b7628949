import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Config } from '#libs/config/config.js';
import { Sessions } from '#libs/identity/sessions.js';
import { readCookie, SESSION_COOKIE } from './cookies.js';
import { PUBLIC } from './public.decorator.js';
import { isForPrograms } from './request.js';
import type { OurRequest } from './request.js';

/** Finds the session of every request, refuses those that need one, and refuses forms that did not come from our pages. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OurRequest>();
    await this.recognise(request);
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]);
    if (!request.signedIn && !isPublic) throw new UnauthorizedException('Sign in first.');
    if (!['GET', 'HEAD'].includes(request.method)) this.checkOrigin(request);
    return true;
  }

  private async recognise(request: OurRequest): Promise<void> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer ?? readCookie(request, SESSION_COOKIE);
    const signedIn = token ? await this.sessions.find(token) : null;
    if (!token || !signedIn) return;
    request.signedIn = signedIn;
    request.sessionToken = token;
    request.byCookie = !bearer;
  }

  /** No other site named as the origin of a form, signing in included, and the session's own token in it. */
  private checkOrigin(request: OurRequest): void {
    const { _csrf: sent } = (request.body ?? {}) as { _csrf?: unknown };
    const foreign = (request.byCookie || !isForPrograms(request)) && this.isForeign(request);
    if (foreign || (request.byCookie && sent !== request.signedIn?.csrfToken))
      throw new ForbiddenException(
        'This form is out of date or did not come from our pages. Go back, reload the page and send it again.',
      );
  }

  private isForeign({ headers: { origin, host, 'sec-fetch-site': site } }: OurRequest): boolean {
    return site === 'cross-site' || (origin !== undefined && origin !== 'null' && !this.isOurs(origin, host));
  }

  private isOurs(origin: string, host: string | undefined): boolean {
    return (
      origin === new URL(this.config.publicUrl).origin || origin === `http://${host}` || origin === `https://${host}`
    );
  }
}
