import { randomUUID } from 'node:crypto';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Response } from 'express';
import type { Config } from '#libs/config/config.js';
import { nestLog } from '#libs/observability/log.js';
import { nestLevels } from '#libs/observability/log-levels.js';
import { AppModule } from './app.module.js';
import { onlyOwnHost } from './http/own-host.js';
import { onlyOwnMethods } from './http/own-methods.js';
import { limitSlowClients } from './http/slow-clients.js';
import { isForPrograms } from './identity/request.js';
import type { OurRequest } from './identity/request.js';
import { setUpHeaders } from './layout/headers.js';
import { setUpRendering } from './layout/rendering.js';
import { setUpOpenApi } from './openapi/set-up.js';
import { isDocumentUpload, isUpload, readUpload } from './layout/uploads.js';
import { validation } from './problems/validation.js';

const REQUEST_ID = /^[\w.-]{1,100}$/;

/** The whole application, ready to listen; tests use it as it is. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    logger: nestLog(nestLevels(config.logLevel)),
    abortOnError: false,
    bodyParser: false,
  });
  app.use((request: OurRequest, response: Response, next: NextFunction) => {
    const given = request.headers['x-request-id'];
    request.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    response.setHeader('X-Request-Id', request.requestId);
    next();
  });
  app.set('trust proxy', config.trustProxy);
  limitSlowClients(app);
  setUpHeaders(app, config);
  // Before anything is refused, so that people are told on a page.
  setUpRendering(app, config);
  app.use(onlyOwnHost(config));
  app.use(onlyOwnMethods);
  app.use(onlyItsKind);
  app.useBodyParser('json', { limit: '1mb' });
  app.useBodyParser('urlencoded', { limit: '1mb', extended: false });
  app.useBodyParser('raw', { limit: '1mb', type: isUpload });
  app.use(readUpload);
  app.use(emptyForm);
  app.useGlobalPipes(validation);
  setUpOpenApi(app, config);
  app.enableShutdownHooks([], { useProcessExit: true });
  return app;
}

/** Programs send JSON, pages send forms; another kind of body is refused rather than taken for an empty one. */
function onlyItsKind(request: OurRequest, _: Response, next: NextFunction): void {
  const has = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const kind = isForPrograms(request) ? 'application/json' : 'application/x-www-form-urlencoded';
  if (!has || request.is(kind) || isUpload(request) || isDocumentUpload(request)) return next();
  next(
    new UnsupportedMediaTypeException(
      `Send ${kind === 'application/json' ? 'JSON' : 'a form'}: Content-Type: ${kind}.`,
    ),
  );
}

/** A form without a field has no body at all. */
function emptyForm(request: OurRequest, _: Response, next: NextFunction): void {
  if (!isForPrograms(request)) request.body ??= {};
  next();
}
