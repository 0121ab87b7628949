import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { OurRequest } from './request.js';

/** Who is signed in; only behind the session guard, or undefined on public routes. */
export const CurrentPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedIn | undefined =>
    context.switchToHttp().getRequest<OurRequest>().signedIn,
);
