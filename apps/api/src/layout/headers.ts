import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '#libs/config/config.js';
import { contentSecurityPolicy } from './csp.js';

const TWO_YEARS_S = 2 * 365 * 24 * 3600;
/** What no page of ours asks a browser for. */
const UNUSED = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'bluetooth',
  'midi',
  'display-capture',
];
const PERMISSIONS = [...UNUSED, 'browsing-topics'].map((feature) => `${feature}=()`).join(', ');

/** The headers of every answer, refused ones included; a route that needs others sets them itself. */
export function setUpHeaders(app: NestExpressApplication, { publicUrl }: Config): void {
  app.use(
    helmet({
      contentSecurityPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: publicUrl.startsWith('https:') && { maxAge: TWO_YEARS_S, includeSubDomains: true },
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use((_: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', contentSecurityPolicy());
    response.setHeader('Permissions-Policy', PERMISSIONS);
    // Confidential pages stay out of shared caches and histories.
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
}
