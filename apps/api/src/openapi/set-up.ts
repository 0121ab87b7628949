import { MethodNotAllowedException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '#libs/config/config.js';
import { openApiDocument } from './document.js';

/** Serves the contract, and holds requests against it: a method that an address does not have is 405, not 404. */
export function setUpOpenApi(app: NestExpressApplication, { publicUrl }: Config): void {
  let document: OpenAPIObject | undefined;
  const contract = () => (document ??= openApiDocument(app, publicUrl));
  app.use('/api/openapi.json', (request: Request, response: Response, next: NextFunction) => {
    if (request.path === '/' && ['GET', 'HEAD'].includes(request.method)) return void response.json(contract());
    next();
  });
  app.use('/api/v1', (request: Request, response: Response, next: NextFunction) => {
    const allowed = methodsOf(contract(), request.baseUrl + request.path);
    if (!allowed.length || allowed.includes(request.method)) return next();
    response.setHeader('Allow', allowed.join(', '));
    next(new MethodNotAllowedException(`This address answers to ${allowed.join(', ')}.`));
  });
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The methods of an address; none when the contract does not know it. */
function methodsOf({ paths }: OpenAPIObject, path: string): string[] {
  const items = Object.entries(paths).filter(([template]) => matches(template, path));
  const known = METHODS.filter((method) => items.some(([, item]) => item[method])).map((one) => one.toUpperCase());
  return known.length ? [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'] : [];
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.replace(/\/$/, '').split('/');
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at]);
}
