import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { OurRequest } from './request.js';

/** The id of the request, as `X-Request-Id` has it: what a look at a case is recorded under. */
export const RequestId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<OurRequest>().requestId,
);
