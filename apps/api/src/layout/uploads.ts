import type { IncomingMessage } from 'node:http';
import { BadRequestException } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import type { OurRequest } from '../identity/request.js';

/**
 * Addresses of pages to which a file may be sent, or a mail program may send its form in this way (RFC 8058); a form is
 * read there before anybody asks whose it is.
 */
const UPLOADS = /^\/(calendars\/drafts\/[0-9a-f-]+\/import|unsubscribe\/[\w-]+)$/;

/** Whether a request is a form with a file, where one is expected. */
export const isUpload = (request: IncomingMessage): boolean =>
  UPLOADS.test((request.url ?? '').replace(/\?.*$/s, '')) &&
  /^multipart\/form-data;/i.test(request.headers['content-type'] ?? '');

/** Where documents are sent to. Their form is read by whoever takes it, once it is known who sends it. */
const DOCUMENTS = /^(\/api\/v1)?\/cases\/[^/]+\/documents\/?$/;

export const isDocumentUpload = (request: IncomingMessage): boolean =>
  DOCUMENTS.test((request.url ?? '').replace(/\?.*$/s, '')) &&
  /^multipart\/form-data;/i.test(request.headers['content-type'] ?? '');

/** A form with a file, as the same plain fields that other forms have: the file is its text. */
export function readUpload(request: OurRequest, _: Response, next: NextFunction): void {
  if (!Buffer.isBuffer(request.body)) return next();
  fieldsOf(request.body, request.headers['content-type'] ?? '').then(
    (fields) => {
      request.body = fields;
      next();
    },
    () => next(new BadRequestException('The form with the file cannot be read.')),
  );
}

async function fieldsOf(body: Buffer, contentType: string): Promise<Record<string, string>> {
  const form = await new globalThis.Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const fields = [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()]);
  return Object.fromEntries(await Promise.all(fields)) as Record<string, string>;
}
