import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { Config } from '#libs/config/config.js';
import { ApiTokens, isApiToken } from '#libs/identity/api-tokens.js';
import { Sessions } from '#libs/identity/sessions.js';
import { CARRIES_ITS_CODE } from './carries-its-code.decorator.js';
import { readCookie, sessionCookie } from './cookies.js';
import { isFromElsewhere } from './form-origin.js';
import { PUBLIC } from './public.decorator.js';
import { READS_ITS_FORM } from './reads-its-form.js';
import { owing, scopeRequired, sessionRequired } from './refusals.js';
import { isForPrograms } from './request.js';
import type { OurRequest } from './request.js';
import { SESSION_ONLY } from './session-only.decorator.js';
import { WHILE_OWING } from './while-owing.decorator.js';

const READING = ['GET', 'HEAD'];

/**
 * Finds the session or the token of every request, refuses those that need one, what a token is not good for, all but
 * the second factor to whoever still owes one, and forms that did not come from our pages.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly tokens: ApiTokens,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OurRequest>();
    const marked = <Mark>(key: string): Mark | undefined =>
      this.reflector.getAllAndOverride<Mark | undefined>(key, [context.getHandler(), context.getClass()]);
    await this.recognise(request);
    const isPublic = marked<boolean>(PUBLIC) ?? false;
    this.checkOwed(request, isPublic, marked<string[]>(WHILE_OWING) ?? []);
    if (!request.signedIn && !isPublic) throw new UnauthorizedException('Sign in first.');
    this.checkScope(request, marked<boolean>(SESSION_ONLY) ?? false);
    // A form that nobody signed in sends has no token: its page lets the browser name where it comes from.
    if (!request.signedIn) context.switchToHttp().getResponse<Response>().setHeader('Referrer-Policy', 'same-origin');
    if (!READING.includes(request.method)) {
      this.checkOrigin(request, marked<boolean>(CARRIES_ITS_CODE) ?? false);
      if (!marked<boolean>(READS_ITS_FORM)) refuseForeignForm(request);
    }
    return true;
  }

  private async recognise(request: OurRequest): Promise<void> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer ?? readCookie(request, sessionCookie(this.config));
    if (!token) return;
    // A token of a program is one in a header alone: a cookie is a browser's.
    const signedIn = bearer && isApiToken(bearer) ? await this.tokens.find(bearer) : await this.sessions.find(token);
    if (!signedIn) return;
    request.signedIn = signedIn;
    request.sessionToken = token;
    request.byCookie = !bearer;
  }

  /** On public pages, somebody who has not answered yet is somebody who is not signed in. */
  private checkOwed(request: OurRequest, isPublic: boolean, allowed: string[]): void {
    const owes = request.signedIn?.owes;
    if (!owes || allowed.includes(owes)) return;
    if (!isPublic) throw owing(owes);
    delete request.signedIn;
    delete request.sessionToken;
    delete request.byCookie;
  }

  private checkScope({ signedIn, method }: OurRequest, sessionOnly: boolean): void {
    if (!signedIn?.scopes) return;
    if (sessionOnly) throw sessionRequired();
    if (!READING.includes(method) && !signedIn.scopes.includes('act')) throw scopeRequired();
  }

  /** No other site named as the origin of a form, signing in included. */
  private checkOrigin(request: OurRequest, carriesItsCode: boolean): void {
    const mayBeForm = request.byCookie || !isForPrograms(request);
    if (mayBeForm && isFromElsewhere(request, this.config.publicUrl, carriesItsCode)) throw outOfDate();
  }
}

/** The session's own token in the form. @throws 403 when it is not there */
export function refuseForeignForm({ byCookie, body, signedIn }: OurRequest): void {
  const { _csrf: sent } = (body ?? {}) as { _csrf?: unknown };
  if (byCookie && sent !== signedIn?.csrfToken) throw outOfDate();
}

const outOfDate = (): ForbiddenException =>
  new ForbiddenException(
    'This form is out of date or did not come from our pages. Go back, reload the page and send it again.',
  );
