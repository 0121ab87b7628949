import type { Response } from 'express';
import type { Document } from '#libs/database/entities/document.entity.js';

/** Nothing in it runs, loads or frames anything, whatever a browser takes it for. */
const NOTHING = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** Hands a document out to be kept, never to be shown here: as what its content is, under a name that says so. */
export function sendDocument(response: Response, { name, detectedType }: Document, content: Buffer): void {
  response.setHeader(
    'Content-Type',
    detectedType === 'text/plain' ? 'text/plain; charset=utf-8' : (detectedType ?? ''),
  );
  response.setHeader('Content-Disposition', disposition(name));
  response.setHeader('Content-Security-Policy', NOTHING);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.end(content);
}

/** RFC 6266: a name for everybody, and the real one for those that can read it. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\w .()-]/g, '_');
  const full = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
