import { Injectable, NotFoundException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isGuest } from '#libs/domain/access/roles.js';
import { PUBLIC } from '../identity/public.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { OPEN_TO_GUESTS } from './open-to-guests.decorator.js';

/** Whoever follows one request finds nothing here but that request. Stands behind the session guard. */
@Injectable()
export class GuestGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { signedIn } = context.switchToHttp().getRequest<OurRequest>();
    if (!signedIn || !isGuest(signedIn.actor)) return true;
    const places = [context.getHandler(), context.getClass()];
    const open = [PUBLIC, OPEN_TO_GUESTS].some((mark) => this.reflector.getAllAndOverride<boolean>(mark, places));
    if (!open) throw new NotFoundException();
    return true;
  }
}
