import { ForbiddenException, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { can } from '#libs/domain/access/can.js';
import type { DeploymentAction } from '#libs/domain/access/deployment-rights.js';
import { ANYBODY, officeOf } from '#libs/domain/access/person-rights.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { found } from '../cases/case-problems.js';
import { NEEDS } from './needs.decorator.js';
import type { Needed } from './needs.decorator.js';
import type { OurRequest } from './request.js';

/** Who may know of a thing that they may not change, and who to ask. */
const KNOWN_BY: Partial<Record<Needed, { knows: DeploymentAction; who: string }>> = {
  'publish-rules': {
    knows: 'read-rules',
    who: 'Only the coordinator lead and administrators change calendars, the policy and the rules of mail. Ask one of them.',
  },
  'apply-rules': { knows: 'read-rules', who: 'Only the coordinator lead puts open cases on another version.' },
};

/** Asks the policy function for what a route needs, before its body is looked at: a stranger learns nothing from an error. */
@Injectable()
export class RightsGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const needed = this.reflector.getAllAndOverride<Needed | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!needed) return true;
    const actor = context.switchToHttp().getRequest<OurRequest>().signedIn?.actor;
    if (actor && has(actor, needed)) return true;
    const known = KNOWN_BY[needed];
    if (actor && known && can(actor, known.knows)) throw new ForbiddenException(known.who);
    found(null, 'page');
    return false;
  }
}

const has = (actor: Actor, needed: Needed): boolean =>
  needed === 'look-after-people' ? can(actor, 'see-person', ANYBODY) || officeOf(actor) !== null : can(actor, needed);
