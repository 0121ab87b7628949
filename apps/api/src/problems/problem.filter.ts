import { Catch, Injectable, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Owed } from '#libs/domain/access/second-factor.js';
import { owedPage } from '../identity/welcome.js';
import { toldError } from '#libs/observability/told-error.js';
import { isForPrograms } from '../identity/request.js';
import type { OurRequest } from '../identity/request.js';
import { problemOf } from './problem.js';
import type { Problem } from './problem.js';

/** The one edge at which every failure becomes an answer: problem+json for programs, a page for people. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<OurRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const { retryAfter, ...problem } = problemOf(error);
    if (problem.status >= 500)
      this.logger.error(`${request.requestId} ${request.method} ${withoutSecret(request.path)} ${toldError(error)}`);
    if (response.headersSent) return void response.end();
    if (retryAfter) response.setHeader('Retry-After', String(retryAfter));
    if (problem.status === 401 && isForPrograms(request)) response.setHeader('WWW-Authenticate', 'Bearer');
    const full = { ...problem, instance: request.path, requestId: request.requestId };
    if (isForPrograms(request))
      response.status(problem.status).type('application/problem+json').send(JSON.stringify(full));
    else this.page(full, retryAfter, request, response);
  }

  private page(problem: Problem, retryAfter: number | undefined, request: OurRequest, response: Response): void {
    const owes = OWED[problem.type];
    if (owes) return response.redirect(303, owedPage(owes, request.originalUrl));
    if (problem.status === 401)
      return response.redirect(303, `/sign-in?next=${encodeURIComponent(request.originalUrl)}`);
    response
      .status(problem.status)
      .render(
        'problems/views/problem.njk',
        { title: problem.title, problem, minutes: Math.ceil((retryAfter ?? 0) / 60) },
        (error, html) => {
          // Not even the error page can be made: say so in plain words, without a stack.
          if (error) this.logger.error(`${request.requestId} ${toldError(error)}`);
          response.type(error ? 'text' : 'html').send(error ? `${problem.title}\n${problem.requestId}` : html);
        },
      );
  }
}

/** Where a page leads to instead of saying that a second factor is owed. */
const OWED: Record<string, Owed> = {
  '/problems/second-factor-required': 'second-factor',
  '/problems/second-factor-enrolment-required': 'enrolment',
};

/** The address of a calendar is itself the secret. */
const withoutSecret = (path: string): string => path.replace(/^(\/calendar-feed\/).+/i, '$1…');
