import {
  applyDecorators,
  BadRequestException,
  HttpException,
  Injectable,
  PayloadTooLargeException,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { CallHandler, CanActivate, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { FilesInterceptor } from '@nestjs/platform-express';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import { ADDED_BY, DocumentRefused } from '#libs/documents/documents.js';
import { CASE_BYTES, CASE_FILES, FILE_BYTES } from '#libs/documents/limits.js';
import { can } from '#libs/domain/access/can.js';
import { found } from '../cases/case-problems.js';
import { ReadsItsForm } from '../identity/reads-its-form.js';
import type { OurRequest } from '../identity/request.js';
import { refuseForeignForm } from '../identity/session.guard.js';
import { documentProblem } from './document-problems.js';

/** A form with files, once it has been read into memory. */
export interface UploadRequest extends OurRequest {
  files?: { originalname: string; mimetype: string; buffer: Buffer }[];
  /** Why it could not be read to its end. */
  unread?: 'too_large' | 'malformed';
}

/** What a form has besides its files: the token, boundaries, headers. */
const FORM_BYTES = 64 * 1024;

const LIMITS = {
  fieldNameSize: 50,
  fieldSize: 1_024,
  fields: 3,
  // One more than is allowed: a file of exactly so many bytes is taken.
  fileSize: FILE_BYTES + 1,
  files: CASE_FILES,
  parts: CASE_FILES + 3,
  headerPairs: 20,
  fieldNestingDepth: 0,
  fieldArrayIndexLimit: 0,
};

/** Asks whether somebody may add documents to the case before anything of the form is read. */
@Injectable()
export class MayAddDocuments implements CanActivate {
  constructor(private readonly reader: CaseReader) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<UploadRequest>();
    const actor = request.signedIn?.actor;
    const row = actor ? await this.reader.row(String(request.params['reference']), actor) : null;
    if (!actor || !can(actor, 'add-document', found(row).state))
      throw documentProblem(new DocumentRefused('not_permitted', ADDED_BY));
    if (!request.is('multipart/form-data'))
      throw new BadRequestException('Send a form with files: multipart/form-data.');
    if (Number(request.headers['content-length'] ?? NaN) <= CASE_BYTES + FORM_BYTES) return true;
    // What is not read is not waited for either.
    context.switchToHttp().getResponse<Response>().setHeader('Connection', 'close');
    throw new PayloadTooLargeException(
      'At most 25 MB can be sent at once. Nothing was taken: send fewer files at a time.',
    );
  }
}

const Files = FilesInterceptor('files', CASE_FILES, { limits: LIMITS, defParamCharset: 'utf8' });

/** Reads the form, and then checks its token. A form that cannot be read is left to the handler, which has a page to say it on. */
@Injectable()
export class ReadFiles extends Files implements NestInterceptor {
  override async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<UploadRequest>();
    try {
      await super.intercept(context, { handle: () => next.handle() });
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      request.unread = error.getStatus() === 413 ? 'too_large' : 'malformed';
      delete request.files;
    }
    refuseForeignForm(request);
    return next.handle();
  }
}

/** A route that takes a form with `files`: for whoever may add documents to the case that its address names. */
export const TakesFiles = () => applyDecorators(ReadsItsForm(), UseGuards(MayAddDocuments), UseInterceptors(ReadFiles));
