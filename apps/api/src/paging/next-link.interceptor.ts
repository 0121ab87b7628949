import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { isForPrograms } from '../identity/request.js';
import type { OurRequest } from '../identity/request.js';

/** Gives every page of a list the address of the next one, with the same filters (RFC 8288). */
@Injectable()
export class NextLink implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<OurRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap((answer: unknown) => {
        const cursor = isForPrograms(request) ? cursorOf(answer) : null;
        if (cursor) response.setHeader('Link', `<${addressOfNext(request, cursor)}>; rel="next"`);
      }),
    );
  }
}

const cursorOf = (answer: unknown): string | null =>
  typeof answer === 'object' && answer !== null && 'next' in answer && typeof answer.next === 'string'
    ? answer.next
    : null;

function addressOfNext({ originalUrl }: OurRequest, cursor: string): string {
  const address = new URL(originalUrl, 'http://localhost');
  address.searchParams.set('cursor', cursor);
  return address.pathname + address.search;
}
