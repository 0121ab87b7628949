import { MethodNotAllowedException } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { isForPrograms } from '../identity/request.js';
import type { OurRequest } from '../identity/request.js';

const PAGES = ['GET', 'HEAD', 'POST'];
const PROGRAMS = [...PAGES, 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Refuses methods that nothing here has, TRACE among them; which of the others an address has is said by the contract. */
export function onlyOwnMethods(request: OurRequest, response: Response, next: NextFunction): void {
  const allowed = isForPrograms(request) ? PROGRAMS : PAGES;
  if (allowed.includes(request.method)) return next();
  response.setHeader('Allow', allowed.join(', '));
  next(new MethodNotAllowedException(`This address answers to ${allowed.join(', ')} at most.`));
}
